namespace EdgeSlim.Tests;

/// <summary>A base image of Debian's own packages, made with mmdebstrap and umoci.</summary>
internal static class DebianBase
{
    /// <summary>Makes it.</summary>
    /// <param name="layout">The folder of the image layout.</param>
    /// <param name="packages">What it has besides the C library; what these need comes along.</param>
    public static void Create(string layout, params string[] packages)
    {
        Command.Require("mmdebstrap", "mmdebstrap");
        Command.Require("umoci", "umoci");
        using TemporaryFolder files = new();
        Command.Run(
            "/",
            "mmdebstrap",
            "--variant=extract",
            $"--include={string.Join(',', ["base-files", "libc6", .. packages])}",
            "bookworm",
            files["root"]).Succeeds();
        Command.Run("/", "umoci", "init", "--layout", layout).Succeeds();
        Command.Run("/", "umoci", "new", "--image", $"{layout}:base").Succeeds();
        Command.Run("/", "umoci", "insert", "--image", $"{layout}:base", files["root"], "/").Succeeds();
    }

    /// <summary>Takes a file away, in a layer of its own.</summary>
    /// <param name="layout">The folder of the image layout.</param>
    /// <param name="path">The file.</param>
    public static void Remove(string layout, string path) =>
        Command.Run("/", "umoci", "insert", "--image", $"{layout}:base", "--whiteout", path).Succeeds();
}
