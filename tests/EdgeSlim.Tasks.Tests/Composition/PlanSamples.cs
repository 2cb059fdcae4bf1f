using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Composition;

/// <summary>What most tests of the composition begin with.</summary>
internal static class PlanSamples
{
    public static DateTimeOffset Time { get; } = new(2025, 6, 7, 1, 9, 10, TimeSpan.FromHours(2));

    public static ImageOptions Options() => new()
    {
        Repository = "team/agent",
        RuntimeIdentifier = "linux-x64",
        Executable = "agent",
    };

    public static BaseImage Base(ContainerConfig? config = null, string architecture = "amd64") => new()
    {
        Name = "registry.example/base:1",
        Digest = Digest.Of("base"u8),
        Config = new ImageConfig
        {
            Architecture = architecture,
            OperatingSystem = "linux",
            Config = config,
            RootFileSystem = new RootFileSystem { DiffIds = [Digest.Of("layer"u8)] },
        },
    };

    public static PayloadFile FileAt(string target, bool isExecutable = false) => new()
    {
        Source = "/build/" + target.TrimStart('/'),
        TargetPath = target,
        IsExecutable = isExecutable,
        Size = 3,
        LastWriteTimeUtc = Time.UtcDateTime,
    };

    public static Payload Payload(params PayloadFile[] files) => new()
    {
        Files = [FileAt("agent", isExecutable: true) with { Machine = "X64" }, .. files],
        Excluded = [],
        Symbols = [],
    };

    /// <summary>A payload of files on disk.</summary>
    public static Payload Payload(TemporaryFolder folder, params (string Path, string Content)[] files) => new()
    {
        Files =
        [
            .. files.Select(file =>
            {
                var status = new FileInfo(folder.Write("publish/" + file.Path, file.Content));
                return FileAt(file.Path, isExecutable: file.Path == "agent") with
                {
                    Source = status.FullName,
                    Size = status.Length,
                    LastWriteTimeUtc = status.LastWriteTimeUtc,
                };
            }),
        ],
        Excluded = [],
        Symbols = [],
    };

    public static ImagePlan Plan(
        Payload payload, ImageOptions? options = null, BaseImage? baseImage = null, RecordingSink? sink = null, params string[] tags) =>
        ImagePlanner.Plan(options ?? Options(), payload, baseImage ?? BaseImage.Scratch, "it is small enough", tags, Time, sink ?? new RecordingSink());
}
