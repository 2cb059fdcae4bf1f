using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Scanning;

namespace EdgeSlim.Policy;

/// <summary>Holds an image against the rules that are built in. Pure.</summary>
public static class PolicyJudge
{
    private const int FirstFreePort = 1024;
    private const int ByEverybody = 0b000_000_010;
    private const int AsOwner = 0b110_000_000_000;

    private static readonly string[] TemporaryFolders = ["/tmp", "/var/tmp"];

    /// <summary>Judges an image.</summary>
    /// <param name="settings">What images have to be like.</param>
    /// <param name="image">The image.</param>
    /// <param name="today">The day.</param>
    /// <returns>How it stands to each rule, also to one that is off, which nothing breaks badly enough.</returns>
    public static IReadOnlyList<PolicyCheck> Judge(PolicySettings settings, JudgedImage image, DateOnly today) =>
    [
        .. PolicyRule.All.Select(rule => Check(rule, settings, Breaches(rule, settings, image), today)),
    ];

    /// <summary>Judges a base, of which nothing is there yet.</summary>
    /// <param name="settings">What images have to be like.</param>
    /// <param name="judged">The base.</param>
    /// <param name="today">The day.</param>
    /// <returns>How it stands to the rules for bases.</returns>
    public static IReadOnlyList<PolicyCheck> JudgeBase(PolicySettings settings, JudgedBase judged, DateOnly today)
    {
        (PolicyRule Rule, PolicyBreach? Breach)[] rules =
        [
            (PolicyRule.BaseSource, BaseRules.OfSource(judged.Name, settings.AllowedBases)), (PolicyRule.BaseDigest, BaseRules.OfDigest(judged)),
        ];
        return
        [
            .. rules.Select(r => Check(r.Rule, settings, r.Breach is null ? [] : [r.Breach], today)),
        ];
    }

    /// <summary>Says how something stands to a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="settings">What images have to be like.</param>
    /// <param name="breaches">What breaks it.</param>
    /// <param name="today">The day.</param>
    /// <returns>It.</returns>
    public static PolicyCheck Check(PolicyRule rule, PolicySettings settings, IEnumerable<PolicyBreach> breaches, DateOnly today)
    {
        PolicyBreach[] known =
        [
            .. breaches
                .OrderBy(b => b.Subject, StringComparer.Ordinal)
                .Select(b => b with { Exempted = settings.Exemptions.FirstOrDefault(e => e.Covers(rule, b.Subject, today))?.Reason }),
        ];
        PolicyLevel level = settings.LevelOf(rule);
        return new PolicyCheck
        {
            Rule = rule.Name,
            Code = rule.Code,
            Level = level,
            Verdict = level == PolicyLevel.Off || known.All(b => b.Exempted is not null) ? PolicyVerdict.Passed
                : level == PolicyLevel.Error ? PolicyVerdict.Failed
                : PolicyVerdict.Warned,
            Breaches = known,
        };
    }

    private static IEnumerable<PolicyBreach> Breaches(PolicyRule rule, PolicySettings settings, JudgedImage image)
    {
        ContainerConfig config = image.Image.Config.Config ?? new ContainerConfig();
        ImageEntry[] entries = [.. image.Contents.Files.Entries];
        return rule.Name switch
        {
            "base-source" => image.Bases.Select(b => BaseRules.OfSource(b.Name, settings.AllowedBases)).OfType<PolicyBreach>(),
            "base-digest" => image.Bases.Select(BaseRules.OfDigest).OfType<PolicyBreach>(),
            "root-user" => IsRoot(config.User, image.Contents.Files) ? [new PolicyBreach(config.User is { Length: > 0 } user ? user : "root")] : [],
            "ssh-server" => Named(entries, KnownPrograms.SshServer()),
            "shell" => Named(entries, KnownPrograms.Shell()),
            "package-manager" => Named(entries, KnownPrograms.PackageManager()),
            "compiler" => Named(entries, KnownPrograms.Compiler()),
            "setuid" => entries.Where(e => e.Kind == ImageEntryKind.File && (e.Mode & AsOwner) != 0).Select(WithMode),
            "world-writable" => entries
                .Where(e => e.Kind is ImageEntryKind.File or ImageEntryKind.Folder && (e.Mode & ByEverybody) != 0 && !TemporaryFolders.Contains(e.Path))
                .Select(WithMode),
            "secret" => [.. image.Contents.Secrets, .. SecretsOf(config, image.Image.Config)],
            "debug-symbols" => entries
                .Where(e => e.Kind == ImageEntryKind.File && (e.Elf?.File.HasStrippableSymbols == true || KnownPrograms.DebugSymbols().IsMatch(e.Path)))
                .Select(e => new PolicyBreach(e.Path)),
            "low-port" => (config.ExposedPorts?.Keys ?? []).Where(IsLow).Select(p => new PolicyBreach(p)),
            "size" => image.Image.CompressedSize > settings.MaxBytes
                ? [new PolicyBreach("image", string.Create(CultureInfo.InvariantCulture, $"{image.Image.CompressedSize} bytes compressed, where {settings.MaxBytes} are allowed"))]
                : [],
            "label" => settings.RequiredLabels.Where(l => string.IsNullOrEmpty(config.Labels?.GetValueOrDefault(l))).Select(l => new PolicyBreach(l)),
            _ => (image.Scan?.Findings ?? [])
                .Where(f => f.Finding.Severity == Severity.Critical && f.Verdict is not (ScanVerdict.NotPresent or ScanVerdict.Ignored))
                .Select(f => new PolicyBreach(f.Finding.Id, $"{f.Finding.Package} {f.Finding.Version}")),
        };
    }

    // A name or a group that stands nowhere is for the link check to say.
    private static bool IsRoot(string? user, ImageFileSystem files) =>
        user?.Split(':')[0] is "root" or "0" || ImageUser.Find(user, files) is { UserId: 0 };

    private static IEnumerable<PolicyBreach> Named(IEnumerable<ImageEntry> entries, Regex names) =>
        entries.Where(e => e.Kind is ImageEntryKind.File or ImageEntryKind.Link && names.IsMatch(e.Path)).Select(e => new PolicyBreach(e.Path));

    private static PolicyBreach WithMode(ImageEntry entry) => new(entry.Path, "mode 0" + Convert.ToString(entry.Mode, 8));

    private static bool IsLow(string port) =>
        int.TryParse(port.Split('/')[0].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < FirstFreePort;

    // Who has the image reads them too. The value is not repeated.
    private static IEnumerable<PolicyBreach> SecretsOf(ContainerConfig config, ImageConfig image)
    {
        IEnumerable<(string Name, string Text)> texts =
        [
            .. (config.Env ?? []).Select(e => ($"variable {e.Split('=')[0]}", e)),
            .. (config.Labels ?? new Dictionary<string, string>()).Select(l => ($"label {l.Key}", l.Value)),
            .. (config.Entrypoint ?? []).Concat(config.Cmd ?? []).Select(a => ("argument", a)),
            .. (image.History ?? []).Select(h => ("history", $"{h.CreatedBy} {h.Comment}")),
        ];
        return texts.Select(t => (t.Name, Kind: SecretPatterns.Find(t.Text))).Where(t => t.Kind is not null).Select(t => new PolicyBreach(t.Name, t.Kind));
    }
}
