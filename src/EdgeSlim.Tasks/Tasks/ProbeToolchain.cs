using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ToolchainProbe"/>.</summary>
public sealed class ProbeToolchain : EdgeTask
{
    /// <summary>The target's runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>This machine's runtime identifier.</summary>
    [Required]
    public string HostRuntimeIdentifier { get; set; } = "";

    /// <summary>SysRoot.</summary>
    public string SysRoot { get; set; } = "";

    /// <summary>What the user set as CppCompilerAndLinker.</summary>
    public string UserCompilerDriver { get; set; } = "";

    /// <summary>What the user set as LinkerFlavor.</summary>
    public string UserLinkerFlavor { get; set; } = "";

    /// <summary>What the user set as ObjCopyName.</summary>
    public string UserObjCopy { get; set; } = "";

    /// <summary>What the user set as PositionIndependentExecutable.</summary>
    public string UserPositionIndependent { get; set; } = "";

    /// <summary>StripSymbols.</summary>
    public bool StripSymbols { get; set; }

    /// <summary>StaticExecutable.</summary>
    public bool Static { get; set; }

    /// <summary>Whether it may be linked dynamically where it cannot be static.</summary>
    public bool MayBeDynamic { get; set; }

    /// <summary>Whether the tier asks for the smallest output.</summary>
    public bool OptimizeSize { get; set; }

    /// <summary>Whether the tier folds functions whose addresses may be compared.</summary>
    public bool FoldAllIdenticalCode { get; set; }

    /// <summary>Where to remember what took long to find out.</summary>
    [Required]
    public string MemoryFile { get; set; } = "";

    /// <summary>The compiler driver.</summary>
    [Output]
    public string CompilerDriver { get; set; } = "";

    /// <summary>The linker.</summary>
    [Output]
    public string LinkerFlavor { get; set; } = "";

    /// <summary>The strip tool.</summary>
    [Output]
    public string ObjCopy { get; set; } = "";

    /// <summary>Whether the executable may be placed at any address.</summary>
    [Output]
    public bool PositionIndependent { get; set; }

    /// <summary>Arguments for the compiler driver.</summary>
    [Output]
    public string[] LinkerArguments { get; set; } = [];

    /// <summary>Whether the executable contains the C library.</summary>
    [Output]
    public bool IsStatic { get; set; }

    /// <summary>What was chosen, in one line.</summary>
    [Output]
    public string Reason { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        RememberedTools tools = new(
            new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? ""),
            File.Exists(MemoryFile)
                ? await StageFile.ReadAsync(MemoryFile, PlanJson.Documents.IReadOnlyListRememberedAnswer, cancellationToken)
                : []);
        Toolchain toolchain = ToolchainProbe.Choose(
            new ToolchainRequest
            {
                RuntimeIdentifier = RuntimeIdentifier,
                HostRuntimeIdentifier = HostRuntimeIdentifier,
                SysRoot = SysRoot,
                CompilerDriver = UserCompilerDriver,
                LinkerFlavor = UserLinkerFlavor,
                ObjCopy = UserObjCopy,
                PositionIndependent = bool.TryParse(UserPositionIndependent, out bool pie) ? pie : null,
                StripSymbols = StripSymbols,
                Static = Static,
                MayBeDynamic = MayBeDynamic,
                OptimizeSize = OptimizeSize,
                FoldAllIdenticalCode = FoldAllIdenticalCode,
            },
            tools);
        await StageFile.WriteAsync(
            MemoryFile, tools.Answers, PlanJson.Documents.IReadOnlyListRememberedAnswer, cancellationToken);
        if (toolchain.StaticLibcInstallLine is string install)
        {
            Diagnostics.Warning(DiagnosticCodes.NoStaticLibc, toolchain.CompilerDriver, RuntimeIdentifier, install);
        }

        CompilerDriver = toolchain.CompilerDriver;
        LinkerFlavor = toolchain.LinkerFlavor;
        ObjCopy = toolchain.ObjCopy ?? "";
        PositionIndependent = toolchain.PositionIndependent;
        LinkerArguments = [.. toolchain.LinkerArguments];
        IsStatic = toolchain.IsStatic;
        Reason = toolchain.Reason;
    }
}
