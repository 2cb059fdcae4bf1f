namespace EdgeSlim.Bases.Runtimes;

/// <summary>A shared framework of .NET: one that is there, or one that is asked for.</summary>
/// <param name="Name">Such as <c>Microsoft.NETCore.App</c>.</param>
/// <param name="Version">Such as <c>10.0.1</c>.</param>
public sealed record SharedFramework(string Name, string Version)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}
