namespace EdgeSlim.Bases;

/// <summary>A file of the build machine that the image gets because the application needs it.</summary>
/// <param name="Source">Where it lies on the build machine; null for a link.</param>
/// <param name="TargetPath">Its absolute path in the image.</param>
/// <param name="LinkTarget">What a symbolic link points to; null for a file.</param>
public sealed record SystemFile(string? Source, string TargetPath, string? LinkTarget = null);
