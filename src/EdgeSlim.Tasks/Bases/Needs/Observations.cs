namespace EdgeSlim.Bases.Needs;

/// <summary>What can be seen of an application, before anything is concluded from it.</summary>
public sealed record Observations
{
    /// <summary>The symbols that the native object leaves to other libraries; null without Native AOT.</summary>
    public IReadOnlySet<string>? UndefinedSymbols { get; init; }

    /// <summary>What the AOT compiler compiled; null where it is not known.</summary>
    public Mstat? Mstat { get; init; }

    /// <summary>The application's own assemblies and those of packages, without the framework's.</summary>
    public IReadOnlyList<AssemblyUses> Assemblies { get; init; } = [];

    /// <summary>The native code among the files for the image.</summary>
    public IReadOnlyList<NativeFile> NativeFiles { get; init; } = [];

    /// <summary>The native libraries that NuGet's packages bring.</summary>
    public IReadOnlyList<NativeAsset> NativeAssets { get; init; } = [];
}

/// <summary>A native library of a NuGet package.</summary>
/// <param name="FileName">Its name: <c>libe_sqlite3.so</c>.</param>
/// <param name="Package">The package, with its version.</param>
public sealed record NativeAsset(string FileName, string Package);

/// <summary>A file of native code.</summary>
/// <param name="TargetPath">Its path in the image.</param>
/// <param name="Interpreter">Its program interpreter; null for libraries and for static executables.</param>
/// <param name="Needed">The libraries that it is linked to.</param>
/// <param name="GlibcVersions">The versions of glibc that it needs: <c>GLIBC_2.34</c>.</param>
public sealed record NativeFile(
    string TargetPath, string? Interpreter, IReadOnlyList<string> Needed, IReadOnlyList<string> GlibcVersions);
