namespace EdgeSlim.Tests;

/// <summary>A base image with this machine's C and C++ libraries, made with umoci, for binaries that are not static.</summary>
internal static class GlibcBase
{
    private static readonly string[] Libraries =
        ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6"];

    /// <summary>Makes it.</summary>
    /// <param name="layout">The folder of the image layout.</param>
    public static void Create(string layout)
    {
        Command.Require("umoci", "umoci");
        using TemporaryFolder files = new();
        Install(files);
        Command.Run("/", "umoci", "init", "--layout", layout).Succeeds();
        Command.Run("/", "umoci", "new", "--image", $"{layout}:base").Succeeds();
        Command.Run("/", "umoci", "insert", "--image", $"{layout}:base", files["root"], "/").Succeeds();
        Command.Run(
            "/", "umoci", "config", "--image", $"{layout}:base", "--config.env", "APP_UID=1654", "--config.env", "FROM_BASE=yes").Succeeds();
    }

    /// <summary>Puts the files of the base into the folder <c>root</c>.</summary>
    /// <param name="files">What holds the folder.</param>
    public static void Install(TemporaryFolder files)
    {
        Install("/lib64/ld-linux-x86-64.so.2", files["root/lib64/ld-linux-x86-64.so.2"]);
        foreach (string library in Libraries)
        {
            Install($"/lib/x86_64-linux-gnu/{library}", files[$"root/lib/x86_64-linux-gnu/{library}"]);
        }

        files.Write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1654:1654::/home/app:/bin/sh\n");
        Directory.CreateDirectory(files["root/tmp"]);
    }

    // The C library's interpreter has to be executable.
    private static void Install(string source, string target) =>
        Command.Run("/", "install", "-D", "-m", "755", source, target).Succeeds();
}
