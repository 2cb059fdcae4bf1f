namespace EdgeSlim.Reporting.Modules;

/// <summary>What a module of the application brings into the image.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsEnabled">Whether it is in the image.</param>
/// <param name="Bytes">What is in the image for this module alone, uncompressed, in bytes.</param>
/// <param name="Parts">Of which parts, largest first.</param>
public sealed record ModuleSize(string Name, bool IsEnabled, long Bytes, IReadOnlyList<ModulePart> Parts);

/// <summary>A part of the map that is there for one module.</summary>
/// <param name="Name">The full name of a type of the project, or the name of an assembly.</param>
/// <param name="Kind">One of <see cref="Sizes.SizeKinds"/>.</param>
/// <param name="Bytes">Its bytes in the image, uncompressed.</param>
public sealed record ModulePart(string Name, string Kind, long Bytes);
