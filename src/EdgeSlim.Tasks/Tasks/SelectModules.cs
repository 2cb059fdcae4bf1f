using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing.Modules;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ModuleSelection"/>: which modules are on, and what that means to the compiler.</summary>
public sealed class SelectModules : EdgeTask
{
    private const string DefaultFile = "edge.modules.json";
    private const string None = "none";

    /// <summary>EdgeModule items.</summary>
    public ITaskItem[] Declared { get; set; } = [];

    /// <summary>EdgeModulesFile; the one of the default name need not be there.</summary>
    [Required]
    public string SwitchesFile { get; set; } = "";

    /// <summary>EdgeModules: the modules that are on, between spaces, semicolons or commas, <c>none</c>, or empty where nobody chose.</summary>
    public string Chosen { get; set; } = "";

    /// <summary>The source files, which are looked through for modules that there are not.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>Where the class <c>EdgeModules</c> is written to; empty for a language that is not C#.</summary>
    public string SourceFile { get; set; } = "";

    /// <summary>Where the list of modules is written to.</summary>
    [Required]
    public string ModulesListFile { get; set; } = "";

    /// <summary>The switches, each with its value.</summary>
    [Output]
    public ITaskItem[] Switches { get; set; } = [];

    /// <summary>The constants of the modules that are on.</summary>
    [Output]
    public string[] Constants { get; set; } = [];

    /// <summary>The packages that nothing needs.</summary>
    [Output]
    public string[] UnusedPackages { get; set; } = [];

    /// <summary>The source files of modules that are off, with MSBuild's wildcards.</summary>
    [Output]
    public string UnusedSources { get; set; } = "";

    /// <summary>The modules that are on.</summary>
    [Output]
    public string[] Enabled { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<EdgeModule> modules = ModuleSelection.Decide(
            [.. Declared.Select(Read)],
            await ReadFileAsync(cancellationToken),
            Chosen.Length == 0 ? null : Chosen == None ? [] : Words(Chosen));
        Switches = [.. modules.Select(m => new TaskItem(m.Name.Switch, new Dictionary<string, string> { ["Value"] = m.IsEnabled ? "true" : "false" }))];
        Constants = [.. modules.Where(m => m.IsEnabled).Select(m => m.Name.Constant)];
        Enabled = [.. modules.Where(m => m.IsEnabled).Select(m => m.Name.Text)];
        UnusedPackages = [.. ModuleSelection.UnusedPackages(modules)];
        UnusedSources = string.Join(';', modules.Where(m => !m.IsEnabled && m.Compile.Length > 0).Select(m => m.Compile));
        await StageFile.WriteAsync(
            ModulesListFile,
            [.. modules.Select(m => new ModuleFacts(m.Name.Text, m.IsEnabled, m.Requires, m.Packages))],
            FactsJson.Documents.IReadOnlyListModuleFacts,
            cancellationToken);
        if (SourceFile.Length > 0)
        {
            await StageFile.WriteAsync(SourceFile, [ModuleSource.Write(modules).TrimEnd('\n')], cancellationToken);
            await CheckSourcesAsync(modules, cancellationToken);
        }
    }

    private static EdgeModule Read(ITaskItem item) => new(
        ModuleName.Parse(item.ItemSpec),
        item.GetMetadata("Enabled") is not { Length: > 0 } enabled || Flag($"Enabled of the EdgeModule item '{item.ItemSpec}'", enabled))
    {
        Requires = Words(item.GetMetadata("Requires")),
        Packages = Words(item.GetMetadata("Packages")),
        Compile = item.GetMetadata("Compile"),
    };

    private static string[] Words(string list) =>
        list.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<IReadOnlyList<ModuleSwitch>> ReadFileAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(SwitchesFile) && Path.GetFileName(SwitchesFile) == DefaultFile)
        {
            return [];
        }

        try
        {
            return ModulesFile.Read(SwitchesFile, await File.ReadAllBytesAsync(SwitchesFile, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.ModulesFileMalformed, SwitchesFile, e.Message) { Location = new SourceLocation(SwitchesFile) };
        }
    }

    private async Task CheckSourcesAsync(IReadOnlyList<EdgeModule> modules, CancellationToken cancellationToken)
    {
        foreach (string path in Sources.Select(s => s.GetMetadata("FullPath")).Where(File.Exists))
        {
            string source = await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken);
            foreach (EdgeException unknown in ModuleUses.FindUnknown(path, source, modules))
            {
                Diagnostics.Report(new Diagnostic(DiagnosticSeverity.Error, unknown.Code, unknown.Message) { Location = unknown.Location });
            }
        }
    }
}
