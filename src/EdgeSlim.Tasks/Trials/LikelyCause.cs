namespace EdgeSlim.Trials;

/// <summary>What kind of thing an application lacks.</summary>
public enum CauseKind
{
    /// <summary>A native library.</summary>
    Library,

    /// <summary>A culture, or ICU.</summary>
    Culture,

    /// <summary>A time zone.</summary>
    TimeZone,

    /// <summary>A cryptographic algorithm, or OpenSSL.</summary>
    Algorithm,

    /// <summary>Certificates to trust.</summary>
    Certificates,

    /// <summary>A type or member that was trimmed.</summary>
    Metadata,

    /// <summary>Code that is generated at run time.</summary>
    DynamicCode,

    /// <summary>Serialization by reflection.</summary>
    Json,

    /// <summary>An entry for its user.</summary>
    User,

    /// <summary>A file or folder.</summary>
    File,

    /// <summary>A folder for temporary files.</summary>
    Temporary,

    /// <summary>A place that can be written to.</summary>
    ReadOnlyRoot,

    /// <summary>Memory.</summary>
    Memory,

    /// <summary>Another machine.</summary>
    Network,

    /// <summary>A right that it has not.</summary>
    Rights,

    /// <summary>The right processor.</summary>
    Processor,
}

/// <summary>Why an application most likely failed.</summary>
/// <param name="Kind">What kind of thing it lacks.</param>
/// <param name="Advice">What it was and what to do, in words.</param>
public sealed record LikelyCause(CauseKind Kind, string Advice)
{
    /// <summary>Whether another mode can have what is lacking. Cultures and certificates are the same in each of them.</summary>
    public bool IsOfMode => Kind is CauseKind.Library or CauseKind.Metadata or CauseKind.DynamicCode or CauseKind.Json;

    /// <summary>Whether it is lacking only in an image that EdgeSlim makes small, and not on a developer's machine.</summary>
    public bool IsPackaging => Kind <= CauseKind.User;
}
