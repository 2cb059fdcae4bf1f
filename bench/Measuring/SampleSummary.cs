using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Measuring;

/// <summary>What the log of <c>samples/HelloAgent</c> says at its end, published as README.md has it.</summary>
internal static class SampleSummary
{
    /// <summary>Publishes the sample.</summary>
    /// <param name="workshop">Where.</param>
    /// <returns>The summary, with the path of the layout shortened.</returns>
    public static string Make(Workshop workshop)
    {
        string sample = Path.Combine(workshop.Root, "samples", "HelloAgent");
        string folder = workshop.Folder("HelloAgent");
        string project = Path.Combine(folder, "HelloAgent.csproj");
        File.Copy(Path.Combine(sample, "Program.cs"), Path.Combine(folder, "Program.cs"));
        File.WriteAllText(
            project,
            string.Join('\n', File.ReadLines(Path.Combine(sample, "HelloAgent.csproj"))
                .Select(l => l.Contains("<Sdk Name=\"EdgeSlim.Sdk\"", StringComparison.Ordinal) ? workshop.SdkLine : l)));
        Workshop.Commit(folder);
        string[] log = Workshop.Run(folder, "dotnet", "publish", "-t:EdgeImage", "-tl:off").Split('\n');
        int start = Array.FindIndex(log, l => l.Contains("(linux/", StringComparison.Ordinal) && l.TrimStart().StartsWith("helloagent:", StringComparison.Ordinal));
        if (start < 0)
        {
            throw new InvalidOperationException($"The log has no summary.\n{string.Join('\n', log)}");
        }

        int indent = log[start].Length - log[start].TrimStart().Length;
        return string.Join(
            '\n',
            log.Skip(start)
                .TakeWhile((l, i) => i == 0 || l.StartsWith(new string(' ', indent + 2), StringComparison.Ordinal))
                .Select(l => l[indent..].TrimEnd().Replace(folder + "/", "", StringComparison.Ordinal)));
    }
}
