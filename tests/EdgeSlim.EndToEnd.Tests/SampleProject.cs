namespace EdgeSlim.Tests;

/// <summary>The samples, each as a user's project with the packed SDK.</summary>
internal static class SampleProject
{
    public static AgentProject Create(string name)
    {
        string sample = Path.Combine(Repository.Root, "samples", name);
        AgentProject project = new(name);
        foreach (string file in Directory.GetFiles(sample, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(sample, f))
            .Where(f => !f.StartsWith("bin", StringComparison.Ordinal) && !f.StartsWith("obj", StringComparison.Ordinal)))
        {
            project.Write(file, File.ReadAllText(Path.Combine(sample, file)).Replace(
                "<Sdk Name=\"EdgeSlim.Sdk\" Version=\"0.1.0\" />", $"<Sdk Name=\"EdgeSlim.Sdk\" Version=\"{PackedSdk.Version}\" />", StringComparison.Ordinal));
        }

        project.Environment["EdgeSbomFormat"] = "both";
        return project;
    }
}
