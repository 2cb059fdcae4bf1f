using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Needs;

/// <summary>Says what the application needs, what of it is missing and what to do about it.</summary>
/// <param name="diagnostics">Where to say it.</param>
public sealed class NeedReporter(IDiagnosticSink diagnostics)
{
    private const int MaxPlaces = 3;

    private const string OpenSslRemedy =
        "Leave the base to EdgeSlim (EdgeBase=auto and EdgeStatic=auto), which links OpenSSL in or slices it, or publish "
        + "with EdgeStatic=false and a base image that has OpenSSL, such as -p:EdgeBase=chiseled.";

    private static readonly Dictionary<string, string> Remedies = new()
    {
        [KnownNeeds.Tls] = OpenSslRemedy,
        [KnownNeeds.Crypto] = OpenSslRemedy,
        [KnownNeeds.Icu] =
            "Leave the base to EdgeSlim (EdgeBase=auto and EdgeStatic=auto), which links ICU in or slices it, or publish "
            + "with EdgeStatic=false and a base image that has ICU, such as -p:EdgeBase=chiseled.",
        [KnownNeeds.CaCertificates] =
            "Bring them: <EdgeInclude Include=\"/etc/ssl/certs/ca-certificates.crt\" TargetPath=\"/etc/ssl/certs/ca-certificates.crt\" />.",
        [KnownNeeds.TimeZones] =
            "Bring the zones that are used: <EdgeInclude Include=\"/usr/share/zoneinfo/Europe/Paris\" "
            + "TargetPath=\"/usr/share/zoneinfo/Europe/Paris\" />.",
        [KnownNeeds.Shell] =
            "Leave the base to EdgeSlim (EdgeBase=auto), which slices one, or take a base image that has a shell, such as -p:EdgeBase=alpine.",
    };

    /// <summary>Says it.</summary>
    /// <param name="needs">What the application needs.</param>
    /// <param name="baseOffer">What the base gives.</param>
    /// <param name="payload">What the application's files give.</param>
    /// <param name="brought">The names of the native libraries that the publish brings, without <c>lib</c> and suffix.</param>
    /// <returns>Whether there was nothing to warn of.</returns>
    public bool Report(
        ApplicationNeeds needs, BaseOffer baseOffer, IReadOnlySet<string> payload, IReadOnlySet<string> brought)
    {
        foreach (Need need in needs.Needs)
        {
            diagnostics.Information(
                $"Needs {need.Name} ({(need.Certainty == Certainty.Certain ? "certain" : "possible")}): {Seen(need.Evidence)}.");
        }

        IReadOnlyList<MissingNeed> missed = MissingNeeds.Find(needs, baseOffer, payload);
        IReadOnlyList<LibraryNeed> unreachable = MissingNeeds.UnreachableLibraries(needs);
        foreach (MissingNeed missing in missed)
        {
            string name = missing.Need.Name;
            string remedy = Remedies.GetValueOrDefault(name, "Choose a base image that has it.");
            if (missing.IsFatal)
            {
                diagnostics.Error(DiagnosticCodes.NeedMissing, name, baseOffer.Name, Seen(missing.Need.Evidence), remedy);
            }
            else
            {
                diagnostics.Warning(DiagnosticCodes.NeedMayBeMissed, name, baseOffer.Name, Seen(missing.Need.Evidence), remedy);
            }
        }

        foreach (LibraryNeed library in unreachable)
        {
            string bareName = LibraryRules.BareName(library.Name);
            // Nobody ships a library to do without it.
            if (brought.Contains(bareName))
            {
                diagnostics.Error(DiagnosticCodes.LibraryUnreachable, library.Name, Seen(library.Evidence), bareName);
            }
            else
            {
                diagnostics.Warning(DiagnosticCodes.LibraryUnreachable, library.Name, Seen(library.Evidence), bareName);
            }
        }

        ReportCultures(needs.CultureUses);
        return missed.Count == 0 && unreachable.Count == 0 && needs.CultureUses.Count == 0;
    }

    private void ReportCultures(IReadOnlyList<CultureUse> uses)
    {
        if (Places(uses.Where(u => u.Breaks)) is string broken)
        {
            diagnostics.Warning(DiagnosticCodes.CultureDataUsed, broken);
        }

        if (Places(uses.Where(u => !u.Breaks)) is string compared)
        {
            diagnostics.Information(DiagnosticCodes.CultureSensitiveUsed, compared);
        }
    }

    private static string Seen(IReadOnlyList<Evidence> evidence) => Enumerate([.. evidence.Select(e => e.ToString())]);

    private static string? Places(IEnumerable<CultureUse> uses)
    {
        string[] places = [.. uses.Select(u => $"{u.Member} in {u.Method} ({u.Assembly})")];
        return places.Length == 0 ? null : Enumerate(places);
    }

    private static string Enumerate(string[] items) =>
        string.Join(", ", items.Take(MaxPlaces)) + (items.Length > MaxPlaces ? $" and {items.Length - MaxPlaces} more" : "");
}
