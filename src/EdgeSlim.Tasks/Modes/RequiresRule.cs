namespace EdgeSlim.Modes;

/// <summary>Finds the calls of what its author says requires more than <c>aot</c> has.</summary>
/// <param name="marks">Reads what authors say.</param>
/// <param name="excuses">Where a warning does not count.</param>
internal sealed class RequiresRule(RequiresMarks marks, Excuses excuses)
{
    private const string Unreferenced = "IL2026";
    private const string Dynamic = "IL3050";

    /// <summary>The code of the warning that a call gives, and what it needs; null where it gives none.</summary>
    public Problem? Of(CallSite site)
    {
        if (site.Target.Definition is not CodeMethod method || marks.Of(method) is var mark && mark == RequiresMark.None)
        {
            return null;
        }

        if (IntrinsicCalls.Handles(site, mark) is { } handled)
        {
            mark = handled;
        }

        if (mark.Unreferenced is string message && Counts(site, Unreferenced, Worlds.Trimmed))
        {
            return new Problem(NeedRules.Of(site.Target, mark), Unreferenced, site.Target.Shown, message);
        }

        return mark.Dynamic is string reason && Counts(site, Dynamic, Worlds.Static)
            ? new Problem(ModeNeed.DynamicCode, Dynamic, site.Target.Shown, reason)
            : null;
    }

    private bool Counts(CallSite site, string code, Worlds world) =>
        site.Worlds.HasFlag(NeedRules.IsJson(site.Target) ? Worlds.StaticJson : world) && !excuses.Cover(site.Caller, code);
}

/// <summary>What is wrong with a call.</summary>
internal sealed record Problem(ModeNeed Need, string Code, string Target, string? Message);
