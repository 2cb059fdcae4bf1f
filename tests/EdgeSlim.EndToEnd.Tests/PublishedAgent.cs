namespace EdgeSlim.Tests;

/// <summary>
/// The sample HelloAgent, committed and published once. What a test does with it must leave it published: the tests
/// share it, because compiling takes most of their time.
/// </summary>
internal static class PublishedAgent
{
    private static readonly Lazy<(AgentProject Project, string Commit, CommandResult Result)> Published = new(Publish);

    public static AgentProject Project => Published.Value.Project;

    public static string Commit => Published.Value.Commit;

    public static string Tag => Commit[..12];

    public static CommandResult Result => Published.Value.Result;

    /// <summary>The sample's code, in a project of its own.</summary>
    public static AgentProject Create(string properties = "") => new AgentProject(
        "HelloAgent",
        "<Nullable>enable</Nullable>" + properties,
        code: File.ReadAllText(Path.Combine(Repository.Root, "samples/HelloAgent/Program.cs"))).WithSmallestLayers();

    public static void Dispose()
    {
        if (Published.IsValueCreated)
        {
            Project.Dispose();
        }
    }

    private static (AgentProject Project, string Commit, CommandResult Result) Publish()
    {
        AgentProject project = Create();
        string commit = project.Commit();
        return (project, commit, project.PublishImage().Succeeds());
    }
}
