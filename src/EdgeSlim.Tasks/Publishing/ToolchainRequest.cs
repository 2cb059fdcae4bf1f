namespace EdgeSlim.Publishing;

/// <summary>What the publish asks of the native toolchain. Empty strings stand for what the user left open.</summary>
public sealed record ToolchainRequest
{
    /// <summary>The .NET runtime identifier of the target, such as <c>linux-x64</c>.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The .NET runtime identifier of this machine.</summary>
    public required string HostRuntimeIdentifier { get; init; }

    /// <summary>The folder that stands for the target's root (<c>SysRoot</c>).</summary>
    public string SysRoot { get; init; } = "";

    /// <summary>The compiler driver that the user set (<c>CppCompilerAndLinker</c>).</summary>
    public string CompilerDriver { get; init; } = "";

    /// <summary>The linker that the user set (<c>LinkerFlavor</c>).</summary>
    public string LinkerFlavor { get; init; } = "";

    /// <summary>The strip tool that the user set (<c>ObjCopyName</c>).</summary>
    public string ObjCopy { get; init; } = "";

    /// <summary>Whether symbols are stripped.</summary>
    public bool StripSymbols { get; init; }

    /// <summary>Whether the executable is linked statically.</summary>
    public bool Static { get; init; }

    /// <summary>Whether it may be linked dynamically where it cannot be static.</summary>
    public bool MayBeDynamic { get; init; }

    /// <summary>Whether the executable may be placed at any address; null where the user left it open.</summary>
    public bool? PositionIndependent { get; init; }

    /// <summary>Whether functions with the same code may be folded although their addresses are compared.</summary>
    public bool FoldAllIdenticalCode { get; init; }

    /// <summary>Whether the linker may be asked for smaller output at all.</summary>
    public bool OptimizeSize { get; init; }
}
