namespace EdgeSlim.Bases.Needs;

/// <summary>What the project says that decides about needs.</summary>
public sealed record NeedSettings
{
    /// <summary>The .NET runtime identifier.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The path of the executable below the working directory.</summary>
    public required string Executable { get; init; }

    /// <summary>Whether the application has no cultures.</summary>
    public bool InvariantGlobalization { get; init; }

    /// <summary>Whether nobody but EdgeSlim said so.</summary>
    public bool InvariantByDefault { get; init; }

    /// <summary>Whether the application knows no time zone but UTC.</summary>
    public bool InvariantTimezone { get; init; }

    /// <summary>Whether OpenSSL is linked into the executable.</summary>
    public bool StaticOpenSsl { get; init; }

    /// <summary>Whether ICU is linked into the executable.</summary>
    public bool StaticIcu { get; init; }

    /// <summary>The libraries that P/Invokes are bound to by the linker.</summary>
    public IReadOnlyList<string> DirectPInvokes { get; init; } = [];

    /// <summary>The needs that the user adds, and the words that do so.</summary>
    public IReadOnlyList<AskedNeed> Asked { get; init; } = [];

    /// <summary>The needs that the user denies.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];
}

/// <summary>A need that the user adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="By">The item or property that adds it.</param>
public sealed record AskedNeed(string Name, string By);
