namespace EdgeSlim.Tests;

/// <summary>Base images of several kinds, made of what this machine has.</summary>
internal static class BaseImages
{
    private const string Musl = "/lib/ld-musl-x86_64.so.1";
    private const string Dotnet = "/usr/share/dotnet";

    // Wherever this machine has it.
    private static readonly string Installed =
        Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    /// <summary>A base with the runtime of this machine's .NET, at the place of Microsoft's images or another.</summary>
    public static void Runtime(string layout, string root = Dotnet, bool isWeb = false)
    {
        using TemporaryFolder files = new();
        GlibcBase.Install(files);
        string target = files["root" + root];
        Directory.CreateDirectory(Path.Combine(target, "shared"));
        string[] parts = ["dotnet", "host", "shared/Microsoft.NETCore.App", .. isWeb ? ["shared/Microsoft.AspNetCore.App"] : Array.Empty<string>()];
        foreach (string part in parts)
        {
            Command.Run("/", "cp", "-a", Path.Combine(Installed, part), Path.Combine(target, part)).Succeeds();
        }

        Create(layout, files["root"], "--config.user", "1654");
    }

    /// <summary>A base with musl and nothing else.</summary>
    public static void WithMusl(string layout)
    {
        Assert.IsTrue(File.Exists(Musl), "musl is not installed (Debian: apt-get install musl).");
        using TemporaryFolder files = new();
        Command.Run("/", "install", "-D", "-m", "755", "/lib/x86_64-linux-musl/libc.so", files["root" + Musl]).Succeeds();
        files.Write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        Create(layout, files["root"]);
    }

    /// <summary>
    /// A base with a C library that claims to be older than it is: what came with the version that the runtime was built for is
    /// not in its list of versions.
    /// </summary>
    public static void WithOldGlibc(string layout)
    {
        using TemporaryFolder files = new();
        GlibcBase.Install(files);
        string library = files["root/lib/x86_64-linux-gnu/libc.so.6"];
        byte[] content = File.ReadAllBytes(library);
        for (int at; (at = content.AsSpan().IndexOf("GLIBC_2.27\0"u8)) >= 0;)
        {
            "GLIBC_2.07\0"u8.CopyTo(content.AsSpan(at));
        }

        File.WriteAllBytes(library, content);
        Create(layout, files["root"]);
    }

    /// <summary>A base without any C library.</summary>
    public static void Empty(string layout)
    {
        using TemporaryFolder files = new();
        files.Write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        Create(layout, files["root"]);
    }

    /// <summary>Makes an image of a folder.</summary>
    public static void Create(string layout, string root, params string[] config)
    {
        Command.Require("umoci", "umoci");
        Command.Run("/", "umoci", "init", "--layout", layout).Succeeds();
        Command.Run("/", "umoci", "new", "--image", $"{layout}:base").Succeeds();
        Command.Run("/", "umoci", "insert", "--image", $"{layout}:base", root, "/").Succeeds();
        if (config.Length > 0)
        {
            Command.Run("/", "umoci", ["config", "--image", $"{layout}:base", .. config]).Succeeds();
        }

        Command.Run("/", "umoci", "gc", "--layout", layout).Succeeds();
    }

    /// <summary>Pushes an image to a registry.</summary>
    public static void Push(string layout, DockerRegistry registry, string name)
    {
        Command.Require("skopeo", "skopeo");
        Command.Run(
            "/", "skopeo", "copy", "--dest-tls-verify=false", $"oci:{layout}:base", $"docker://{registry.Address}/{name}").Succeeds();
    }
}
