namespace EdgeSlim.Tests;

/// <summary>A PATH that holds just the basic commands, dotnet and the named tools: a machine where others are missing.</summary>
internal sealed class ToolFolder : IDisposable
{
    private static readonly string[] Basics =
        ["sh", "bash", "dotnet", "uname", "cat", "test", "chmod", "dirname", "readlink", "grep", "env"];

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public static ToolFolder With(params string[] tools)
    {
        ToolFolder folder = new();
        foreach (string tool in Basics.Concat(tools))
        {
            string real = Command.Run("/", "sh", "-c", $"command -v {tool}").Output.Trim();
            if (System.IO.Path.IsPathRooted(real))
            {
                File.CreateSymbolicLink(folder._folder[tool], real);
            }
        }

        return folder;
    }

    public void Dispose() => _folder.Dispose();
}
