using System.Diagnostics;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>The files of an image, unpacked by somebody else's tool, to run its executable without a container engine.</summary>
internal sealed class UnpackedImage : IDisposable
{
    // It reads what the image has, and nothing of this machine's: the libraries of the host are for another processor.
    private static readonly Dictionary<string, string?> Environment = new() { ["LANG"] = "C", ["TZ"] = null };

    private readonly TemporaryFolder _folder = new();
    private readonly string _root;
    private readonly string _executable;

    public UnpackedImage(string layout, string executable)
    {
        Command.Require("umoci", "umoci");
        string tags = Command.Run("/", "umoci", "ls", "--layout", layout).Succeeds().Output;
        Command.Run(
            _folder.Path, "umoci", "unpack", "--rootless", "--image", $"{layout}:{tags.Split('\n')[0].Trim()}", _folder["bundle"]).Succeeds();
        _root = _folder["bundle/rootfs"];
        _executable = executable;
    }

    public string Executable => Path.Combine(_root, _executable);

    public CommandResult Run(string emulator, params string[] arguments) =>
        Command.Run(_root, Environment, emulator, [Executable, .. arguments]);

    /// <summary>Runs it with further variables, and with the authorities of the image, which the root of this machine hides.</summary>
    public CommandResult RunWith((string Name, string Value)[] variables, string emulator, params string[] arguments)
    {
        Dictionary<string, string?> environment = new(Environment)
        {
            ["SSL_CERT_FILE"] = Path.Combine(_root, "etc/ssl/certs/ca-certificates.crt"),
            ["SSL_CERT_DIR"] = _folder["none"],
        };
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return Command.Run(_root, environment, emulator, [Executable, .. arguments]);
    }

    public Process Start(string emulator, out StringBuilder output, params string[] arguments) =>
        Command.Start(_root, Environment, emulator, [Executable, .. arguments], out output);

    public void Dispose() => _folder.Dispose();
}
