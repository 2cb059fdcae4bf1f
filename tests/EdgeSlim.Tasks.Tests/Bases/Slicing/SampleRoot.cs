using EdgeSlim.Bases.Slicing;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Tests.Bases.Slicing;

/// <summary>A root file system as Debian lays it out, with libraries made by this machine's compiler, and an application.</summary>
internal sealed class SampleRoot : IDisposable
{
    public const string Libraries = "/usr/lib/x86_64-linux-gnu/";

    // What the compiler made, by its path in the folder: the same for all tests, which put it into folders of their own.
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Compiled = new(CompileAsync);

    private readonly TemporaryFolder _folder = new();

    public FolderFileSystem Source => new(_folder["root"]);

    public string this[string path] => _folder["root" + path];

    public static async Task<SampleRoot> CreateAsync()
    {
        SampleRoot root = new();
        root.Link("/lib", "usr/lib");
        root.Link("/lib64", "usr/lib64");
        root.Link("/usr/lib64/ld-linux-x86-64.so.2", "../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2");
        root.Copy("/lib64/ld-linux-x86-64.so.2", Libraries + "ld-linux-x86-64.so.2");
        root.Copy("/lib/x86_64-linux-gnu/libc.so.6", Libraries + "libc.so.6");
        root.Link(Libraries + "libone.so.1", "libone.so.1.2");
        foreach ((string file, byte[] content) in await Compiled.Value)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(root._folder[file])!);
            await File.WriteAllBytesAsync(root._folder[file], content);
        }

        return root;
    }

    public Task LibraryAsync(string name, params string[] arguments) => Programs.CompileAsync(
        _folder, "root" + Libraries + name, ["-shared", "-fPIC", "-Wl,--no-as-needed", $"-Wl,-soname,{name}", .. arguments]);

    public SampleRoot Text(string path, string text)
    {
        _folder.Write("root" + path, text.ReplaceLineEndings("\n"));
        return this;
    }

    /// <summary>Debian's list of packages, with one that has files.</summary>
    public SampleRoot Package(string name, string version, string licence, params string[] files) => this
        .Text("/var/lib/dpkg/info/" + name + ":amd64.list", "/.\n" + string.Concat(files.Select(f => f + "\n")))
        .Text($"/usr/share/doc/{name}/copyright", licence)
        .Text("/var/lib/dpkg/status", (Source.Read("/var/lib/dpkg/status") is byte[] before ? System.Text.Encoding.UTF8.GetString(before) : "") +
            $"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\nConffiles:\n /etc/x 1\nDescription: short\n and long\n\n");

    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.CreateSymbolicLink(this[path], target);
    }

    public SliceRequest Request(params SliceWish[] wishes) => new()
    {
        Executable = "/app/agent",
        Application = [new FolderFileSystem(_folder["app"]).Find("/app/agent")!],
        WorkingDirectory = "/app",
        Wishes = wishes,
    };

    public Slice Cut(params SliceWish[] wishes) => new Slicer(Source, "a test").Cut(Request(wishes));

    public void Dispose() => _folder.Dispose();

    private static async Task<IReadOnlyDictionary<string, byte[]>> CompileAsync()
    {
        using SampleRoot root = new();
        await root.LibraryAsync("libtwo.so.1");
        await root.LibraryAsync("libone.so.1.2", "-Wl,-soname,libone.so.1", root[Libraries + "libtwo.so.1"]);
        await root.LibraryAsync("libunused.so.1");
        await Programs.CompileAsync(
            root._folder, "app/app/agent", "-Wl,--no-as-needed", $"-L{root[Libraries]}", root[Libraries + "libone.so.1.2"], "-Wl,--allow-shlib-undefined");
        string[] files = ["app/app/agent", .. ((string[])["libone.so.1.2", "libtwo.so.1", "libunused.so.1"]).Select(l => "root" + Libraries + l)];
        return files.ToDictionary(f => f, f => File.ReadAllBytes(root._folder[f]));
    }

    private void Copy(string source, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.Copy(source, this[path]);
    }
}
