using System.Text;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Bases.Runtimes;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases;

/// <summary>Looks into the layers of a base image, whatever its name promises.</summary>
public static class BaseInspector
{
    private const string InstallLocation = "/etc/dotnet/install_location";

    // Where the host of .NET looks by itself: Microsoft's builds, and those of distributions.
    private static readonly string[] DotnetRoots = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet"];

    // What the kernel gives with any base.
    private static readonly string[] Always = [KnownNeeds.FileWatching, KnownNeeds.ChildProcesses, KnownNeeds.Dns];

    /// <summary>Looks into an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What is in it.</returns>
    public static BaseContents Inspect(BaseImage image, CancellationToken cancellationToken) => Inspect(
        ImageReader.Read(new ImageLayout(image.LayoutFolder!), image.Layers, cancellationToken),
        image.Config?.Config?.Env ?? []);

    internal static BaseContents Inspect(ImageFileSystem files, IReadOnlyList<string> environment)
    {
        ImageEntry[] entries = [.. files.Entries];
        (CLibrary library, ImageEntry? file) = FindCLibrary(files, entries);
        string? root = FindDotnetRoot(files, environment);
        return new BaseContents
        {
            CLibrary = library switch { CLibrary.Glibc => "glibc", CLibrary.Musl => "musl", _ => null },
            CLibraryVersion = file is null ? null : VersionOf(file),
            Offers = [.. Offers(files, entries, environment).Order(StringComparer.Ordinal)],
            DotnetRoot = root,
            Frameworks = root is null ? [] : FindFrameworks(entries, files.Find(root)!.Path),
        };
    }

    private static IEnumerable<string> Offers(
        ImageFileSystem files, ImageEntry[] entries, IReadOnlyList<string> environment)
    {
        // A link that leads nowhere gives nothing.
        string[] paths =
            [.. entries.Where(e => e.Kind == ImageEntryKind.File || files.Find(e.Path) is { Kind: ImageEntryKind.File }).Select(e => e.Path)];
        string[] variables = [.. environment.Select(e => e.Split('=')[0])];
        return Always
            .Concat(PayloadOffer.Of(paths, variables, isStatic: false))
            .Concat(files.Find("/bin/sh") is { Kind: ImageEntryKind.File } ? [KnownNeeds.Shell] : Array.Empty<string>())
            .Concat(files.Find("/etc/passwd") is null ? Array.Empty<string>() : [KnownNeeds.User])
            .Concat(files.Find("/tmp") is { Kind: ImageEntryKind.Folder } ? [KnownNeeds.TemporaryFolder] : Array.Empty<string>())
            .Distinct();
    }

    private static (CLibrary Library, ImageEntry? File) FindCLibrary(
        ImageFileSystem files, ImageEntry[] entries)
    {
        ImageEntry? interpreter = entries.FirstOrDefault(
            e => CLibraryOf.Interpreter(e.Path) != CLibrary.Unknown && files.Find(e.Path)?.Elf is not null);
        ImageEntry? glibc = entries.FirstOrDefault(e => e.Elf?.Dynamic?.SoName == "libc.so.6");
        CLibrary library = glibc is not null ? CLibrary.Glibc
            : interpreter is not null ? CLibraryOf.Interpreter(interpreter.Path)
            : CLibrary.Unknown;
        return (library, glibc);
    }

    // glibc defines a version for each release that added something.
    private static string? VersionOf(ImageEntry glibc) => glibc.Elf!.Dynamic!.VersionsDefined
        .Where(v => v.StartsWith("GLIBC_", StringComparison.Ordinal))
        .Select(v => Version.TryParse(v["GLIBC_".Length..], out Version? version) ? version : null)
        .OfType<Version>()
        .Max()?.ToString();

    private static string? FindDotnetRoot(ImageFileSystem files, IReadOnlyList<string> environment)
    {
        string? variable = environment.FirstOrDefault(e => e.StartsWith("DOTNET_ROOT=", StringComparison.Ordinal))?["DOTNET_ROOT=".Length..];
        string? installed = files.Find(InstallLocation)?.Content is byte[] text
            ? Encoding.UTF8.GetString(text).Trim()
            : null;
        string[] candidates = [.. new[] { variable, installed }.OfType<string>().Where(c => c.StartsWith('/')), .. DotnetRoots];
        return candidates.Select(c => c.TrimEnd('/')).FirstOrDefault(c => files.Find(c + "/host/fxr") is not null);
    }

    private static IReadOnlyList<SharedFramework> FindFrameworks(ImageEntry[] entries, string root)
    {
        string shared = root + "/shared/";
        return
        [
            .. entries
                .Where(e => e.Path.StartsWith(shared, StringComparison.Ordinal) && e.Kind == ImageEntryKind.File)
                .Select(e => e.Path[shared.Length..].Split('/'))
                .Where(parts => parts.Length > 2)
                .Select(parts => new SharedFramework(parts[0], parts[1]))
                .Distinct()
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .ThenBy(f => f.Version, StringComparer.Ordinal),
        ];
    }
}
