using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>A manifest as the registry sent it.</summary>
/// <param name="Descriptor">Its type, digest and size, computed from the bytes.</param>
/// <param name="Content">The bytes.</param>
public sealed record RegistryManifest(Descriptor Descriptor, ReadOnlyMemory<byte> Content)
{
    /// <summary>What the registry calls this version of what is under the tag (<c>ETag</c>); null where it does not.</summary>
    public string? Version { get; init; }
}
