namespace EdgeSlim.Publishing;

/// <summary>The native toolchain that a publish links with, and how.</summary>
public sealed record Toolchain
{
    /// <summary>The compiler driver: a name on PATH, or a path.</summary>
    public required string CompilerDriver { get; init; }

    /// <summary>The linker: <c>lld</c> or <c>bfd</c>, or what the user set.</summary>
    public required string LinkerFlavor { get; init; }

    /// <summary>The strip tool; null where nothing is stripped.</summary>
    public required string? ObjCopy { get; init; }

    /// <summary>Whether the executable may be placed at any address.</summary>
    public required bool PositionIndependent { get; init; }

    /// <summary>Whether the executable contains the C library.</summary>
    public required bool IsStatic { get; init; }

    /// <summary>What installs the static C library, where that alone keeps the executable from being static; else null.</summary>
    public string? StaticLibcInstallLine { get; init; }

    /// <summary>Arguments for the compiler driver beyond those of the .NET SDK.</summary>
    public required IReadOnlyList<string> LinkerArguments { get; init; }

    /// <summary>One line that says what was chosen and why.</summary>
    public required string Reason { get; init; }
}
