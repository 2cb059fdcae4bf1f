namespace EdgeSlim.Registry;

/// <summary>How a registry came to have a blob.</summary>
public enum BlobOutcome
{
    /// <summary>It had it already.</summary>
    Present,

    /// <summary>It took it over from another of its repositories.</summary>
    Mounted,

    /// <summary>It was sent.</summary>
    Sent,
}
