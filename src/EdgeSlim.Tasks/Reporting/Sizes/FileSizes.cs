namespace EdgeSlim.Reporting.Sizes;

/// <summary>Puts the files of an image where they belong in its tree. Pure.</summary>
/// <param name="root">The tree of the image.</param>
/// <param name="origins">Whose the assemblies are.</param>
/// <param name="packages">The packages.</param>
internal sealed class FileSizes(SizeBranch root, AssemblyOrigins origins, PackageGraph packages)
{
    private static readonly string[] RuntimeLibraries = ["libcoreclr", "libclrjit", "libclrgc", "libSystem.", "libhostfxr", "libhostpolicy", "libmscordaccore", "libmscordbi", "libcoreclrtraceptprovider", "libclretwrc"];

    /// <summary>A file of the application.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">Its bytes.</param>
    public void AddApplication(string path, long bytes)
    {
        string name = Path.GetFileName(path);
        string stem = Path.GetFileNameWithoutExtension(name);
        if (name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            // Texts in other languages are an assembly of their own.
            string assembly = stem.EndsWith(".resources", StringComparison.OrdinalIgnoreCase) ? stem[..^".resources".Length] : stem;
            origins.In(root, assembly).Part(path, SizeKinds.File).Add(bytes);
        }
        else if (packages.OfAssembly(stem) is { } package && IsLibrary(name))
        {
            SizeBranch branch = root.Part("Packages", SizeKinds.Package).Part(package.Id, SizeKinds.Package);
            branch.Detail = package.Version;
            branch.Part(path, SizeKinds.File).Add(bytes);
        }
        else if (IsLibrary(name) && RuntimeLibraries.Any(r => name.StartsWith(r, StringComparison.Ordinal)))
        {
            root.Part(".NET runtime and garbage collector", SizeKinds.Runtime).Part(path, SizeKinds.File).Add(bytes);
        }
        else
        {
            root.Part("Files", SizeKinds.File).Part(path, SizeKinds.File).Add(bytes);
        }
    }

    /// <summary>A single-file application.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="files">What it holds.</param>
    public void AddBundle(string path, long bytes, IReadOnlyList<BundledFile> files)
    {
        foreach (BundledFile file in files)
        {
            AddApplication(file.Path, file.Bytes);
        }

        root.Part(".NET runtime and garbage collector", SizeKinds.Runtime)
            .Part($"host and runtime in {Path.GetFileName(path)}", SizeKinds.Bundle)
            .Add(bytes - files.Sum(f => f.Bytes));
    }

    /// <summary>A file that was taken of the build machine or of another image, or made.</summary>
    /// <param name="path">Its path in the image.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="package">The package of the distribution; null where none is known.</param>
    public void AddSystem(string path, long bytes, string? package)
    {
        SizeBranch system = root.Part("Operating system", SizeKinds.System);
        string group =
            path.StartsWith("usr/share/zoneinfo", StringComparison.Ordinal) ? "Time zones"
            : path.StartsWith("etc/ssl", StringComparison.Ordinal) || path.Contains("ca-certificates", StringComparison.Ordinal) && !path.Contains("doc", StringComparison.Ordinal) ? "Certificates of authorities"
            : path.StartsWith("usr/share/doc", StringComparison.Ordinal) || path.StartsWith("usr/share/common-licenses", StringComparison.Ordinal) ? "Licences"
            : package is not null ? package
            : "Users, folders and lists";
        system.Part(group, SizeKinds.System).Part("/" + path, SizeKinds.File).Add(bytes);
    }

    /// <summary>A layer of the base image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bytes">Its bytes, as far as they are known.</param>
    /// <param name="baseName">The base image.</param>
    public void AddBaseLayer(string name, long bytes, string baseName) =>
        root.Part("Base image", SizeKinds.Layer).Part(baseName, SizeKinds.Layer).Part(name, SizeKinds.Layer).Add(bytes);

    private static bool IsLibrary(string name) => name.Contains(".so", StringComparison.Ordinal);
}
