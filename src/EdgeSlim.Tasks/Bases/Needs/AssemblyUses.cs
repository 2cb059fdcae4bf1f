namespace EdgeSlim.Bases.Needs;

/// <summary>What an assembly uses that a need can follow from.</summary>
public sealed record AssemblyUses
{
    /// <summary>The assembly's simple name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the application's own, and not one of a package.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>The calls.</summary>
    public required IReadOnlyList<MemberUse> Members { get; init; }

    /// <summary>The functions of native libraries that it declares.</summary>
    public required IReadOnlyList<NativeImport> Imports { get; init; }

    /// <summary>The shells that its text constants name.</summary>
    public required IReadOnlyList<string> Shells { get; init; }
}

/// <summary>A call of a method of the framework.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Member">What is called.</param>
/// <param name="Caller">The method that calls it.</param>
public sealed record MemberUse(UseKind Kind, string Member, MethodName Caller);

/// <summary>A declared function of a native library.</summary>
/// <param name="Library">The library, as it is written.</param>
/// <param name="Method">The method that stands for the function.</param>
public sealed record NativeImport(string Library, MethodName Method);

/// <summary>What a call is about.</summary>
public enum UseKind
{
    /// <summary>Something that OpenSSL computes.</summary>
    Cryptography,

    /// <summary>A TLS connection, or what usually makes one.</summary>
    Tls,

    /// <summary>A time zone by its name.</summary>
    TimeZone,

    /// <summary>Starting a shell.</summary>
    Shell,

    /// <summary>Data of cultures, or normalisation: without ICU it throws or does nothing.</summary>
    CultureData,

    /// <summary>A comparison or conversion that depends on the culture.</summary>
    CultureSensitive,
}
