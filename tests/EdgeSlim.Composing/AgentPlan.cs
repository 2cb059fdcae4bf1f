using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;

namespace EdgeSlim.Composing;

/// <summary>The image of a folder with an application and, below it, files of its runtime.</summary>
internal static class AgentPlan
{
    public static ImagePlan Of(string files, IDiagnosticSink sink) => ImagePlanner.Plan(
        new ImageOptions { Repository = "team/agent", RuntimeIdentifier = "linux-x64", Executable = "agent" },
        new Payload { Files = [.. Files(files).OrderBy(f => f.TargetPath, StringComparer.Ordinal)], Excluded = [], Symbols = [] },
        BaseImage.Scratch,
        "",
        ["1.0"],
        DateTimeOffset.UnixEpoch.AddYears(50),
        sink);

    private static IEnumerable<PayloadFile> Files(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => new PayloadFile
        {
            Source = file.FullName,
            TargetPath = Path.GetRelativePath(folder, file.FullName),
            IsExecutable = file.Name == "agent",
            Size = file.Length,
            LastWriteTimeUtc = file.LastWriteTimeUtc,
            Origin = file.Directory!.Name == "runtime" ? FileOrigin.Runtime : FileOrigin.Application,
        });
}
