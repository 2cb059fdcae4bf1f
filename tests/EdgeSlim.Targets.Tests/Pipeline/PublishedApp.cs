using System.Security.Cryptography;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>
/// An application that is published once for all tests, and kept for the next run: as long as its sources, those of EdgeSlim
/// and the .NET SDK are the same.
/// </summary>
internal sealed class PublishedApp
{
    // In the folder of an application: where it is built, always at the same place, and what was kept of that.
    private const string Built = "build";
    private const string Plain = "plain";

    private static readonly string Cache = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "edgeslim-test/apps");

    // What makes the output: not the tests, and not what a build leaves.
    private static readonly Lazy<byte[]> Sources = new(() => Hash(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/EdgeSlim.Building"), "*.cs"))
            .Append(Path.Combine(Repository.Root, "Directory.Packages.props"))));

    /// <summary>What is compiled of .NET to link libraries in, and the compressed layers.</summary>
    public static readonly string Libraries = Path.Combine(Cache, "../libraries");

    private readonly Lazy<string> _folder;
    private readonly IReadOnlyDictionary<string, string> _files;
    private readonly string _body;

    /// <summary>Describes an application.</summary>
    /// <param name="name">The name of its project.</param>
    /// <param name="files">Its files, but for the project.</param>
    /// <param name="body">What stands in its project.</param>
    /// <param name="sdk">The .NET SDK that its project names.</param>
    public PublishedApp(string name, IReadOnlyDictionary<string, string> files, string body, string sdk = "Microsoft.NET.Sdk")
    {
        Name = name;
        _body = body;

        // The mode is not chosen where there is nothing to compile.
        Body = "<PropertyGroup><EdgeMode>aot</EdgeMode></PropertyGroup>" + body;
        Sdk = sdk;
        _files = files;
        _folder = new(() => Keep(Plain, Publish));
    }

    private PublishedApp(PublishedApp origin, string[] options)
        : this(origin.Name, origin._files, origin._body, origin.Sdk)
    {
        Options = options;
        _folder = new(() =>
        {
            _ = origin._folder.Value;
            return Keep(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', options))))[..16], Relink);
        });
    }

    public string Name { get; }

    /// <summary>The options that it is published with beside those in its project: <c>-p:NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Options { get; } = [];

    public string Body { get; }

    public string Sdk { get; }

    /// <summary>The folder of the project, as publishing left it.</summary>
    public string Folder => Path.Combine(_folder.Value, "app");

    /// <summary>Where it was published. Files of NuGet name this folder.</summary>
    public string BuildFolder => Path.Combine(Path.GetDirectoryName(_folder.Value)!, Built);

    /// <summary>The file for MSBuild that takes the place of publishing.</summary>
    public string Recording => Path.Combine(_folder.Value, "publish.targets");

    /// <summary>The same application with other options of the linker. It is linked again, and not compiled.</summary>
    /// <param name="options">The options: <c>-p:NAME=VALUE</c>.</param>
    public PublishedApp With(params string[] options) => new(this, options);

    // Publishes and keeps what was made, unless it is there.
    private string Keep(string name, Func<string, string, string> publish)
    {
        string root = Path.Combine(Cache, $"{Name}-{Key()}");
        Directory.CreateDirectory(root);

        // Another test project, or another run, may want the same.
        using FileStream turn = Wait(Path.Combine(root, "lock"));
        string kept = Path.Combine(root, name);
        string recording = Path.Combine(kept, "publish.targets");
        if (!File.Exists(recording))
        {
            Remove(kept);
            Directory.CreateDirectory(kept);
            string made = Path.Combine(root, "publish.targets");
            NativeCompilations.Count(Name, publish(Path.Combine(root, Built), made));
            CopyWhatIsRead(Path.Combine(root, Built), Directory.CreateDirectory(Path.Combine(kept, "app")).FullName);
            File.Move(made, recording);
            RemoveOthers(root);
        }

        return kept;
    }

    private string Publish(string folder, string recording)
    {
        Remove(folder);
        Write(folder);
        return Relink(folder, recording);
    }

    // With what 'dotnet publish' hands to MSBuild.
    private string Relink(string folder, string recording) => BuildProcess.Run(new BuildRequest
    {
        Project = Path.Combine(folder, $"{Name}.csproj"),
        Properties = CommandLine.Properties(["-p:Configuration=Release", "-p:_IsPublishing=true", .. Options]),
        Recording = recording,
        Environment = new Dictionary<string, string?> { ["EdgeCacheDir"] = Libraries },
    }).Succeeds().Output;

    private void Write(string app)
    {
        Directory.CreateDirectory(app);
        File.WriteAllText(Path.Combine(app, $"{Name}.csproj"), ProjectText.With(Sdk, Body));

        // Before the packages of a repository that contains the cache can be asked for.
        File.WriteAllText(Path.Combine(app, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(app, "Directory.Packages.props"), "<Project />");
        foreach ((string name, string content) in _files)
        {
            string file = Path.Combine(app, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }
    }

    private string Key()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Sources.Value);
        foreach (string part in _files.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => new[] { f.Key, f.Value })
            .Append(Body).Append(Sdk).Append(InProcessBuild.DotnetSdk).Append(Repository.Root).Append(Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? ""))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static byte[] Hash(IEnumerable<string> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(Repository.Root, file) + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return hash.GetHashAndReset();
    }

    // Without the runtime's files, which the compiler copies beside the assembly and nothing reads again.
    private static void CopyWhatIsRead(string from, string to) => Command.Run(
        from,
        "sh",
        "-c",
        """
        find . \( -path './bin/*/publish*' -o -path './bin/*/native*' -o -name '*.deps.json' -o -name '*.runtimeconfig.json' -o -not -path './bin/*' \) \
          -type f -print0 | xargs -0 cp -a --parents --reflink=auto -t "$0"
        """,
        to).Succeeds();

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FileStream Wait(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(200);
            }
        }
    }

    // Of the same application, with other sources. What was used within a day may belong to another checkout.
    private void RemoveOthers(string folder)
    {
        foreach (string other in Directory.GetDirectories(Cache, $"{Name}-*")
            .Where(f => f != folder && Directory.GetLastWriteTimeUtc(f) < DateTime.UtcNow.AddDays(-1)))
        {
            Directory.Delete(other, recursive: true);
        }
    }
}
