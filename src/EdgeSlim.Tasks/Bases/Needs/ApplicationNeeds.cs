namespace EdgeSlim.Bases.Needs;

/// <summary>What an application needs at run time, and how that is known.</summary>
public sealed record ApplicationNeeds
{
    /// <summary>The C library; null where the executable is not native code.</summary>
    public CLibraryNeed? CLibrary { get; init; }

    /// <summary>The needs that have a name.</summary>
    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary>The shared libraries.</summary>
    public required IReadOnlyList<LibraryNeed> Libraries { get; init; }

    /// <summary>The names of the needs that the executable brings along, because the library is linked into it.</summary>
    public required IReadOnlyList<string> BuiltIn { get; init; }

    /// <summary>What the user says is not needed, with the evidence that was overruled.</summary>
    public required IReadOnlyList<Need> Refused { get; init; }

    /// <summary>Where cultures are used although the application has none, unless the user wants it so.</summary>
    public required IReadOnlyList<CultureUse> CultureUses { get; init; }
}

/// <summary>A place in the IL that behaves differently without cultures.</summary>
/// <param name="Member">What is called.</param>
/// <param name="Assembly">The assembly that calls it.</param>
/// <param name="Method">The method that calls it.</param>
/// <param name="Breaks">Whether it throws or does nothing; otherwise it compares as if the culture were invariant.</param>
public sealed record CultureUse(string Member, string Assembly, string Method, bool Breaks);
