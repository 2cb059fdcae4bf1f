using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>What is to be taken of a root file system.</summary>
public sealed record SliceRequest
{
    /// <summary>The absolute path of the executable in the image.</summary>
    public required string Executable { get; init; }

    /// <summary>The application's own files, with absolute paths in the image.</summary>
    public required IReadOnlyList<ImageEntry> Application { get; init; }

    /// <summary>The folders of LD_LIBRARY_PATH in the image.</summary>
    public IReadOnlyList<string> LibraryFolders { get; init; } = [];

    /// <summary>The working directory of the image.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The libraries and programs that are looked for at run time.</summary>
    public IReadOnlyList<SliceWish> Wishes { get; init; } = [];

    /// <summary>Whether the certificates of the authorities to trust are needed.</summary>
    public bool CaCertificates { get; init; }

    /// <summary>Whether the time zones are needed.</summary>
    public bool TimeZones { get; init; }

    /// <summary>Which certificates and time zones.</summary>
    public SystemFileOptions Data { get; init; } = new();

    /// <summary>Makes ICU's data smaller; null to take them as they are.</summary>
    public IcuDataFilter? IcuData { get; init; }

    /// <summary>Names of the application's files whose libraries the user knows better, with <c>*</c> and <c>?</c>.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];
}

/// <summary>A library or a program that the application looks for at run time.</summary>
/// <param name="Candidates">Names of libraries, or absolute paths; the first that is there is taken.</param>
/// <param name="Gives">The needs that it meets.</param>
/// <param name="Reason">What shows that it is looked for.</param>
/// <param name="IsRequired">Whether the application breaks without it.</param>
public sealed record SliceWish(
    IReadOnlyList<string> Candidates, IReadOnlyList<string> Gives, string Reason, bool IsRequired)
{
    /// <summary>The wish in a few words.</summary>
    public string Name => Candidates[0];
}
