using System.Formats.Tar;
using EdgeSlim.Oci;
using EdgeSlim.Policy;
using EdgeSlim.Scanning;
using EdgeSlim.Tests.LinkChecks;

namespace EdgeSlim.Tests.Policy;

/// <summary>Images that are held against rules, their layers on disk.</summary>
internal static class PolicyImage
{
    public static DateOnly Today { get; } = new(2026, 11, 24);

    public static ContainerConfig Usual { get; } = new() { User = "65532", Labels = new Dictionary<string, string> { ["team"] = "metering" } };

    /// <summary>Judges an image of a base and a layer.</summary>
    public static IReadOnlyList<PolicyCheck> Judge(
        PolicySettings settings, Action<TarWriter> write, ContainerConfig? config = null, ScanReport? scan = null, params JudgedBase[] bases)
    {
        using TemporaryFolder folder = new();
        SampleLayout sample = new(folder);
        sample.Layer(write);
        LayoutImage image = new()
        {
            Descriptor = new Descriptor { MediaType = MediaTypes.ImageManifest, Digest = Digest.Of([]), Size = 500 },
            Tags = [],
            Manifest = new ImageManifest
            {
                Config = new Descriptor { MediaType = MediaTypes.ImageConfig, Digest = Digest.Of([]), Size = 500 },
                Layers = sample.Layers,
            },
            Config = new ImageConfig
            {
                Architecture = "amd64",
                OperatingSystem = "linux",
                Config = config ?? Usual,
                RootFileSystem = new RootFileSystem { DiffIds = [] },
            },
        };
        return PolicyJudge.Judge(
            settings,
            new JudgedImage
            {
                Image = image,
                Contents = ImageContents.Read(sample.Layout, image, CancellationToken.None),
                Bases = bases.Length == 0 ? [new JudgedBase("scratch", false)] : bases,
                Scan = scan,
            },
            Today);
    }

    /// <summary>Settings with each rule on.</summary>
    public static PolicySettings Strict(PolicyFile? file = null) => new()
    {
        Levels = PolicyRule.All.ToDictionary(r => r.Name, _ => PolicyLevel.Error),
        AllowedBases = file?.AllowedBases ?? PolicySettings.OfficialBases,
        MaxBytes = file?.MaxBytes,
        RequiredLabels = file?.RequiredLabels ?? [],
        Exemptions = file?.Exemptions ?? [],
    };

    /// <summary>What an image has that breaks nothing.</summary>
    public static void Clean(TarWriter tar)
    {
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "tmp/") { Mode = (UnixFileMode)0b001_111_111_111 });
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "app/") { Mode = (UnixFileMode)0b111_101_101 });
        tar.Text("etc/passwd", "root:x:0:0::/:/none\napp:x:65532:65532::/:/none\ntoor:x:0:0::/:/none\n");
        tar.Text("app/agent.json", "{ \"key\": \"ghp_\" }");
        tar.Text("app/shell", "no shell");
    }
}
