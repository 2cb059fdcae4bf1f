namespace EdgeSlim.Delivery;

/// <summary>How an archive is laid out.</summary>
public enum ArchiveFormat
{
    /// <summary>A tar of an OCI image layout (<c>oci-archive</c>).</summary>
    Oci,

    /// <summary>What <c>docker load</c> of every version reads (<c>docker-archive</c>).</summary>
    Docker,
}
