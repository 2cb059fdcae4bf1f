namespace EdgeSlim.Tests;

/// <summary>
/// What a sysroot for arm64 is: Debian's development packages of that processor, unpacked into a folder. Nothing of it is
/// installed on this machine.
/// </summary>
internal sealed class Arm64Root : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Arm64Root()
    {
        Command.Require("mmdebstrap", "mmdebstrap");
        string suite = Command.Run("/", "sh", "-c", ". /etc/os-release && echo $VERSION_CODENAME").Succeeds().Output.Trim();
        string gcc = Command.Run("/", "gcc", "-dumpversion").Succeeds().Output.Trim().Split('.')[0];
        Command.Run(
            "/",
            "mmdebstrap",
            "--architectures=arm64",
            "--variant=extract",
            $"--include=libc6-dev,libgcc-{gcc}-dev,libstdc++-{gcc}-dev,libssl-dev,libicu-dev",
            suite,
            Path).Succeeds();
    }

    public string Path => _folder["sysroot"];

    public void Dispose() => _folder.Dispose();
}
