using System.Security.Cryptography;

namespace EdgeSlim.Sbom;

/// <summary>Identifiers of documents that follow from what is in them (RFC 9562, version 8).</summary>
internal static class ContentId
{
    /// <summary>The identifier of a content.</summary>
    public static string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> id = SHA256.HashData(content).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0f) | 0x80);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(id, bigEndian: true)}";
    }
}
