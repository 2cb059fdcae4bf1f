namespace EdgeSlim.Modes;

/// <summary>What a program needs of its mode, ordered by how far down from <c>aot</c> it pushes.</summary>
public enum ModeNeed
{
    /// <summary>It makes code at run time: <c>trimmed</c> has a compiler for it.</summary>
    DynamicCode,

    /// <summary>It looks at its own types at run time, which trimming can be told to keep.</summary>
    OwnReflection,

    /// <summary>It looks for code that trimming may have taken away.</summary>
    UnreferencedCode,
}

/// <summary>A place in the application's own code that asks for more than <c>aot</c> has.</summary>
/// <param name="Need">What it asks for.</param>
/// <param name="Code">The warning that the analysis gives, such as <c>IL2026</c>; <c>JSON</c> for a type that no context covers.</param>
/// <param name="Target">What is called, or the type that is serialized.</param>
/// <param name="Message">What its author says of it.</param>
/// <param name="Member">The method that calls it, as the user wrote it.</param>
/// <param name="File">The source file, where it is known.</param>
/// <param name="Line">The line in it.</param>
public sealed record ModeFinding(ModeNeed Need, string Code, string Target, string? Message, string Member, string? File, int? Line);

/// <summary>What the IL of an application says about the mode that it can be published in.</summary>
public sealed record ModeEvidence
{
    /// <summary>What asks for more than <c>aot</c> has, each once, in the order of the code.</summary>
    public required IReadOnlyList<ModeFinding> Findings { get; init; }

    /// <summary>The types that are serialized and that no context covers, as <c>typeof</c> takes them.</summary>
    public required IReadOnlyList<string> JsonTypes { get; init; }

    /// <summary>The paths without parameters that answer GET.</summary>
    public required IReadOnlyList<string> Routes { get; init; }

    /// <summary>Whether the application calls <c>WebApplication.CreateBuilder</c>; <c>CreateSlimBuilder</c> makes a smaller one.</summary>
    public required bool UsesFullBuilder { get; init; }

    /// <summary>The source file of that call, where it is known.</summary>
    public string? FullBuilderFile { get; init; }

    /// <summary>The line of that call.</summary>
    public int? FullBuilderLine { get; init; }
}
