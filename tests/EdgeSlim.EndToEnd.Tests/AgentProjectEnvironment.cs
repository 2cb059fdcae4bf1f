namespace EdgeSlim.Tests;

/// <summary>Environment variables of a shared project's commands, for one test.</summary>
internal sealed class AgentProjectEnvironment : IDisposable
{
    private readonly AgentProject _project;
    private readonly Dictionary<string, string?> _before;

    public AgentProjectEnvironment(AgentProject project, params (string Name, string? Value)[] variables)
    {
        _project = project;
        _before = new Dictionary<string, string?>(project.Environment);
        foreach ((string name, string? value) in variables)
        {
            project.Environment[name] = value;
        }
    }

    public void Dispose()
    {
        foreach (string name in _project.Environment.Keys.Except(_before.Keys).ToArray())
        {
            _project.Environment.Remove(name);
        }

        foreach ((string name, string? value) in _before)
        {
            _project.Environment[name] = value;
        }
    }
}
