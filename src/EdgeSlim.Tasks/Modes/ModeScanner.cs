using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>
/// Finds in the IL of an application what speaks against the modes that it can be published in, before anything is compiled
/// ahead of time, and in every language. Nothing is loaded or run.
/// </summary>
public static class ModeScanner
{
    private const string JsonCode = "JSON";
    private const string JsonMessage = "The type is serialized, and no JsonSerializerContext covers it.";

    /// <summary>Scans an application. What cannot be read is passed over.</summary>
    /// <param name="ownAssemblies">The application's own assemblies, the one with the program's start first.</param>
    /// <param name="references">The assemblies that they refer to.</param>
    /// <param name="suppressedCodes">The codes of the warnings that the project suppresses.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <returns>What speaks against modes.</returns>
    public static ModeEvidence Scan(
        IReadOnlyList<string> ownAssemblies,
        IReadOnlyList<string> references,
        IReadOnlySet<string> suppressedCodes,
        CancellationToken cancellationToken)
    {
        using CodeAssemblies assemblies = CodeAssemblies.Open(ownAssemblies, references);
        FeatureGuards guards = new();
        MemberResolver members = new(assemblies);
        Interpreter interpreter = new(members, new CallResults(assemblies, guards), guards);
        List<CallSite> sites = [];
        foreach (CodeMethod method in new Reachability(assemblies, members).Methods(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            sites.AddRange(OrNone(() => interpreter.CallsOf(method)));
        }

        IReadOnlyList<JsonUse> json = OrNone(() => new JsonRule(assemblies).Uncovered(sites));
        CSharpTypes types = new(assemblies);
        CallSite? builder = sites.Find(s => s.Target.Is("Microsoft.AspNetCore.Builder.WebApplication", "CreateBuilder"));
        (string? file, int? line) = builder is null ? (null, null) : Place(builder);
        return new ModeEvidence
        {
            Findings = [.. Findings(sites, new Excuses(suppressedCodes)), .. suppressedCodes.Contains(JsonCode) ? [] : json.SelectMany(u => OrNone<ModeFinding>(() => [Finding(u, types)]))],
            JsonTypes = OrNone<string>(() => [.. json.Where(u => types.CanName(u.Type)).Select(u => types.Write(u.Type)).Distinct()]),
            Routes = OrNone<string>(() => [.. new RouteFinder(sites).Routes().Concat(new AttributeRoutes(assemblies).Routes()).Concat(new PageRoutes(assemblies).Routes())
                .Where(r => !r.Contains('{', StringComparison.Ordinal)).Distinct()]),
            UsesFullBuilder = builder is not null,
            FullBuilderFile = file,
            FullBuilderLine = line,
        };
    }

    private static IEnumerable<ModeFinding> Findings(List<CallSite> sites, Excuses excuses)
    {
        RequiresRule requires = new(new RequiresMarks(), excuses);
        ReflectionRule reflection = new(excuses);
        return sites.SelectMany(site => OrNone<ModeFinding>(
            () => (requires.Of(site) ?? reflection.Of(site)) is Problem problem ? [Finding(problem, site)] : [])).Distinct();
    }

    private static ModeFinding Finding(Problem problem, CallSite site)
    {
        (string? file, int? line) = Place(site);
        return new ModeFinding(problem.Need, problem.Code, problem.Target, problem.Message, UserMember.Of(site.Caller).Shown, file, line);
    }

    private static ModeFinding Finding(JsonUse use, CSharpTypes types)
    {
        (string? file, int? line) = Place(use.Site);
        return new ModeFinding(
            ModeNeed.OwnReflection, JsonCode, types.Write(use.Type), JsonMessage, UserMember.Of(use.Site.Caller).Shown, file, line);
    }

    private static (string? File, int? Line) Place(CallSite site) => site.Caller.Assembly.Lines.Of(site.Caller.Handle, site.Offset);

    // What is damaged says nothing; what is beside it may.
    private static IReadOnlyList<T> OrNone<T>(Func<IReadOnlyList<T>> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (AssemblyImage.IsDamage(e))
        {
            return [];
        }
    }
}
