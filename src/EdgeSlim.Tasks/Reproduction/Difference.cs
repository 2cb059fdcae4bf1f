namespace EdgeSlim.Reproduction;

/// <summary>Where two images of the same source differ.</summary>
/// <param name="Place">The file, the field of the configuration, or what else it is.</param>
/// <param name="Detail">What is different there.</param>
public sealed record Difference(string Place, string Detail);
