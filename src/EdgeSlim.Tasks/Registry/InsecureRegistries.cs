namespace EdgeSlim.Registry;

/// <summary>The registries that may be talked to without a trusted certificate, or without TLS at all.</summary>
public static class InsecureRegistries
{
    /// <summary>The in-box container support's variable for the same purpose.</summary>
    public const string Variable = "DOTNET_CONTAINER_INSECURE_REGISTRIES";

    /// <summary>Joins the build's list with the one of the environment.</summary>
    /// <param name="property">EdgeInsecureRegistries: registries between semicolons or commas.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <returns>The registries.</returns>
    public static IReadOnlyList<string> Read(string? property, Func<string, string?> environment) =>
        [.. $"{property};{environment(Variable)}"
            .Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
}
