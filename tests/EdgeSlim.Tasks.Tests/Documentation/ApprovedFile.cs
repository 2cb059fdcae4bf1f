namespace EdgeSlim.Tests.Documentation;

/// <summary>A file of the repository that says what somebody has approved, and that a test holds against what is.</summary>
internal static class ApprovedFile
{
    private static readonly bool Approves = Environment.GetEnvironmentVariable("EDGESLIM_APPROVE") == "1";

    /// <summary>Fails where it is not as it should be; with EDGESLIM_APPROVE=1, writes it anew.</summary>
    /// <param name="path">Its path below the root of the repository.</param>
    /// <param name="text">What it should be.</param>
    /// <param name="meaning">What it means that a line is gone.</param>
    public static void Holds(string path, string text, string meaning)
    {
        string file = Path.Combine(RepositoryFiles.Root, path);
        if (Approves)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        string approved = File.Exists(file) ? RepositoryFiles.Read(path) : "";
        if (approved == text)
        {
            return;
        }

        string[] before = approved.Split('\n');
        string[] now = text.Split('\n');
        Assert.Fail($"""
            {path} is not as it was approved. {meaning}
            gone: {string.Join("\n      ", before.Except(now))}
            new:  {string.Join("\n      ", now.Except(before))}
            EDGESLIM_APPROVE=1 before the unit tests writes it anew.
            """);
    }
}
