using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="LinkableLibraryProbe"/>: which of the libraries that are needed can be linked in.</summary>
public sealed class ProbeLinkableLibraries : EdgeTask
{
    /// <summary>The libraries in question, by name; metadata Needs: the needs that each of them meets.</summary>
    [Required]
    public ITaskItem[] Libraries { get; set; } = [];

    /// <summary>The needs that the object file shows.</summary>
    [Required]
    public string NeedsFile { get; set; } = "";

    /// <summary>The compiler driver that links.</summary>
    [Required]
    public string CompilerDriver { get; set; } = "";

    /// <summary>The target's runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>This machine's runtime identifier.</summary>
    [Required]
    public string HostRuntimeIdentifier { get; set; } = "";

    /// <summary>SysRoot.</summary>
    public string SysRoot { get; set; } = "";

    /// <summary>Where to remember what took long to find out.</summary>
    [Required]
    public string MemoryFile { get; set; } = "";

    /// <summary>
    /// The libraries that are needed and can be linked in; metadata ReducibleHeaders: the folder of the headers, where
    /// parts can be left out.
    /// </summary>
    [Output]
    public ITaskItem[] Linked { get; set; } = [];

    /// <summary>Their static libraries, in the order in which they are linked; metadata Library and IsOfLanguage.</summary>
    [Output]
    public ITaskItem[] Archives { get; set; } = [];

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ApplicationNeeds needs = await StageFile.ReadAsync(
            NeedsFile, FactsJson.Documents.ApplicationNeeds, cancellationToken);
        RememberedTools tools = new(
            new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? ""),
            File.Exists(MemoryFile)
                ? await StageFile.ReadAsync(MemoryFile, PlanJson.Documents.IReadOnlyListRememberedAnswer, cancellationToken)
                : []);
        List<ITaskItem> linked = [];
        List<ITaskItem> archives = [];
        foreach (ITaskItem item in Libraries)
        {
            string evidence = Evidence(needs, item.GetMetadata("Needs").Split(';'));
            if (evidence.Length == 0)
            {
                continue;
            }

            LinkableLibrary library = LinkableLibrary.All.Single(l => l.Name == item.ItemSpec);
            LibraryFindings found = LinkableLibraryProbe.Look(
                library,
                CompilerDriver,
                CompilationTarget.Of(RuntimeIdentifier, HostRuntimeIdentifier, SysRoot),
                library.RootVariable is null ? null : Environment.GetEnvironmentVariable(library.RootVariable),
                tools);
            if (found.Missing.Count > 0)
            {
                Diagnostics.Warning(
                    DiagnosticCodes.LibraryNotLinkable,
                    library.Title,
                    evidence,
                    string.Join(", ", found.Missing),
                    found.InstallLine,
                    Ladder.SavingOf(library.Title));
                continue;
            }

            Diagnostics.Information($"{library.Title} is linked in: {evidence}.");
            item.SetMetadata("ReducibleHeaders", found.ReducibleHeaders ?? "");
            linked.Add(item);
            archives.AddRange(found.Archives.Select(a => new TaskItem(a.Path!, new Dictionary<string, string>
            {
                ["Library"] = library.Name,
                ["IsOfLanguage"] = a.IsOfLanguage ? "true" : "false",
            })));
        }

        Linked = [.. linked];
        Archives = [.. archives];
        await StageFile.WriteAsync(
            MemoryFile, tools.Answers, PlanJson.Documents.IReadOnlyListRememberedAnswer, cancellationToken);
    }

    private static string Evidence(ApplicationNeeds needs, string[] names) => string.Join(
        ", ",
        needs.Needs
            .Where(n => n.Certainty == Certainty.Certain && names.Contains(n.Name))
            .Select(n => $"{n.Name}: {n.Evidence[0]}"));
}
