namespace EdgeSlim.Tests;

/// <summary>Runs images as a small device would: little memory, a read-only root, no capabilities, no network.</summary>
internal static class Podman
{
    /// <summary>How containers are started here; where the default runtime fails, runc with plain limits.</summary>
    private static string[]? _start;

    private static readonly string[][] Starts =
    [
        ["run", "--rm"],
        ["run", "--rm", "--runtime", "runc", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"],
    ];

    private static string[] Limits { get; } = ["--memory=32m", "--read-only", "--cap-drop=ALL"];

    /// <summary>The limits for what takes part in the network; containers here may have none of their own.</summary>
    public static string[] OnHostNetwork { get; } = ["--network=host", "--memory=64m", "--read-only", "--cap-drop=ALL"];

    public static CommandResult Run(string image, params string[] arguments) =>
        RunWith(["--network=none", .. Limits], image, arguments);

    public static CommandResult RunWith(string[] options, string image, params string[] arguments)
    {
        Command.Require("podman", "podman");
        CommandResult result = new(1, "");
        foreach (string[] start in _start is null ? Starts : [_start])
        {
            result = Command.Run("/", "podman", [.. start, .. options, image, .. arguments]);

            // 126 and 127: the container could not be started. Any other code is the program's own.
            if (result.ExitCode is not (126 or 127))
            {
                _start = start;
                break;
            }
        }

        return result;
    }

    public static void Remove(string image) => Command.Run("/", "podman", "rmi", "-f", image);
}
