using EdgeSlim.Bases.Needs;
using EdgeSlim.Reporting.Budgets;

namespace EdgeSlim.Reporting;

/// <summary>What a report is made of: names of files, and what no file says.</summary>
public sealed record ReportRequest
{
    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The simple name of its assembly.</summary>
    public required string Assembly { get; init; }

    /// <summary>The runtime identifier.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>EdgeMode.</summary>
    public required string Mode { get; init; }

    /// <summary>Where the application calls <c>WebApplication.CreateBuilder</c>; null where it does not.</summary>
    public string? FullBuilder { get; init; }

    /// <summary>Whether the application references ASP.NET Core.</summary>
    public required bool IsWeb { get; init; }

    /// <summary>The version of .NET.</summary>
    public required string FrameworkVersion { get; init; }

    /// <summary>The folder in which the stages leave their files.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>The image layout's folder.</summary>
    public required string LayoutFolder { get; init; }

    /// <summary>The program's path in the payload.</summary>
    public required string Executable { get; init; }

    /// <summary>The compiler's object file; empty without Native AOT.</summary>
    public string NativeObject { get; init; } = "";

    /// <summary>The compiler's account; empty without one.</summary>
    public string Mstat { get; init; } = "";

    /// <summary>The linker's map; empty without one.</summary>
    public string LinkMap { get; init; } = "";

    /// <summary>The arguments of the compiler, which name all assemblies; empty without Native AOT.</summary>
    public string CompilerArguments { get; init; } = "";

    /// <summary>The application's assemblies and those of packages.</summary>
    public IReadOnlyList<AssemblyFile> Assemblies { get; init; } = [];

    /// <summary>The application's modules; none where it is not made of any.</summary>
    public IReadOnlyList<ModuleFacts> Modules { get; init; } = [];

    /// <summary>NuGet's account of the restore.</summary>
    public string Assets { get; init; } = "";

    /// <summary>The files of the .NET runtime that the publish starts from; none where it has none.</summary>
    public IReadOnlyList<string> RuntimeFiles { get; init; } = [];

    /// <summary>EdgeSlim's catalogue of bases.</summary>
    public required string Catalogue { get; init; }

    /// <summary>EdgeBaseCatalog; empty for none.</summary>
    public string UserCatalogue { get; init; } = "";

    /// <summary>The project's properties that decide about size.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The report that the user wants a comparison with; empty for that of the last commit.</summary>
    public string CompareWith { get; init; } = "";

    /// <summary>Where reports of commits are kept.</summary>
    public required string KeptFolder { get; init; }

    /// <summary>What the image may have.</summary>
    public required SizeBudget Budget { get; init; }
}
