namespace EdgeSlim.Bases.Needs;

/// <summary>Which methods of the framework say something about needs, by their names. Pure.</summary>
internal static class MemberRules
{
    private const string CryptographySpace = "System.Security.Cryptography.";

    // They compute nothing, or only what a derived class does.
    private static readonly HashSet<string> HarmlessCryptography =
    [
        "AsymmetricAlgorithm", "AsnEncodedData", "CryptoConfig", "CryptoStream", "CryptographicException",
        "CryptographicUnexpectedOperationException", "FromBase64Transform", "HashAlgorithm", "HashAlgorithmName",
        "KeyedHashAlgorithm", "KeySizes", "Oid", "OidCollection", "PemEncoding", "SymmetricAlgorithm", "ToBase64Transform",
    ];

    // Parts of ASP.NET Core that protect data, make random tokens or hash: the framework calls cryptography for them.
    private static readonly HashSet<string> ProtectingServices =
    [
        "Microsoft.AspNetCore.Builder.WebSocketMiddlewareExtensions.UseWebSockets",
        "Microsoft.Extensions.DependencyInjection.AntiforgeryServiceCollectionExtensions.AddAntiforgery",
        "Microsoft.Extensions.DependencyInjection.AuthenticationServiceCollectionExtensions.AddAuthentication",
        "Microsoft.Extensions.DependencyInjection.ComponentServiceCollectionExtensions.AddServerSideBlazor",
        "Microsoft.Extensions.DependencyInjection.DataProtectionServiceCollectionExtensions.AddDataProtection",
        "Microsoft.Extensions.DependencyInjection.IdentityServiceCollectionExtensions.AddIdentity",
        "Microsoft.Extensions.DependencyInjection.IdentityServiceCollectionExtensions.AddIdentityCore",
        "Microsoft.Extensions.DependencyInjection.MvcServiceCollectionExtensions.AddControllersWithViews",
        "Microsoft.Extensions.DependencyInjection.MvcServiceCollectionExtensions.AddMvc",
        "Microsoft.Extensions.DependencyInjection.MvcServiceCollectionExtensions.AddRazorPages",
        "Microsoft.Extensions.DependencyInjection.RazorComponentsServiceCollectionExtensions.AddRazorComponents",
        "Microsoft.Extensions.DependencyInjection.SessionServiceCollectionExtensions.AddSession",
        "Microsoft.Extensions.DependencyInjection.SignalRDependencyInjectionExtensions.AddSignalR",
    ];

    private static readonly HashSet<string> HarmlessOperations = ["FixedTimeEquals", "ZeroMemory"];

    /// <summary>What calling a method is about.</summary>
    /// <param name="type">The type with its namespace.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The types of its parameters, as <see cref="ParameterNames"/> writes them.</param>
    /// <returns>What it is about; null for nothing.</returns>
    public static UseKind? Classify(string type, string method, Func<IReadOnlyList<string>> parameters)
    {
        if (type.StartsWith(CryptographySpace, StringComparison.Ordinal))
        {
            return NeedsOpenSsl(type[CryptographySpace.Length..], method) ? UseKind.Cryptography : null;
        }

        return type switch
        {
            "System.Net.Http.HttpClient" when method == ".ctor" => UseKind.Tls,
            "System.Net.Security.SslStream" when method.StartsWith("AuthenticateAs", StringComparison.Ordinal) => UseKind.Tls,
            "System.TimeZoneInfo" when method is "FindSystemTimeZoneById" or "TryFindSystemTimeZoneById"
                or "ConvertTimeBySystemTimeZoneId" or "GetSystemTimeZones" => UseKind.TimeZone,
            "System.Diagnostics.Process" when method == "Start" => UseKind.Shell,
            "System.Diagnostics.ProcessStartInfo" when method is ".ctor" or "set_FileName" => UseKind.Shell,
            "System.String" => ClassifyString(method, parameters),
            "System.StringNormalizationExtensions" => UseKind.CultureData,
            "System.StringComparer" when method is "get_CurrentCulture" or "get_CurrentCultureIgnoreCase" or "Create" =>
                UseKind.CultureSensitive,
            "System.Globalization.CultureInfo" when method is ".ctor" or "GetCultureInfo" or "CreateSpecificCulture" or "GetCultures" =>
                UseKind.CultureData,
            "System.Globalization.RegionInfo" when method == ".ctor" => UseKind.CultureData,
            "System.Globalization.IdnMapping" when method is "GetAscii" or "GetUnicode" => UseKind.CultureSensitive,
            "System.Globalization.TextInfo" when method is "ToUpper" or "ToLower" or "ToTitleCase" => UseKind.CultureSensitive,
            "System.Globalization.CompareInfo" when method is "Compare" or "IndexOf" or "LastIndexOf" or "IsPrefix" or "IsSuffix"
                or "GetSortKey" or "GetHashCode" => UseKind.CultureSensitive,
            _ => type.StartsWith("Microsoft.", StringComparison.Ordinal) && ProtectingServices.Contains($"{type}.{method}") ? UseKind.Cryptography : null,
        };
    }

    private static bool NeedsOpenSsl(string name, string method) =>
        !HarmlessCryptography.Contains(name) && !(name == "CryptographicOperations" && HarmlessOperations.Contains(method));

    // The overloads without a StringComparison compare by the culture, except for IndexOf(char) and the like.
    private static UseKind? ClassifyString(string method, Func<IReadOnlyList<string>> parameters) => method switch
    {
        "Normalize" or "IsNormalized" => UseKind.CultureData,
        "Compare" or "CompareTo" => UseKind.CultureSensitive,
        "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf" when parameters() is ["String", ..] => UseKind.CultureSensitive,
        "Equals" when parameters() is [.., ParameterNames.StringComparison] => UseKind.CultureSensitive,
        "ToUpper" or "ToLower" when parameters() is ["System.Globalization.CultureInfo"] => UseKind.CultureSensitive,
        _ => null,
    };
}
