using EdgeSlim.Bases.Needs;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases;

/// <summary>Says which base was chosen, what else was considered, and what was taken of where.</summary>
/// <param name="diagnostics">Where to say it.</param>
public sealed class BaseReporter(IDiagnosticSink diagnostics)
{
    /// <summary>Says it.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="isAsked">Whether the user names the base.</param>
    /// <returns>Whether there was nothing to warn of.</returns>
    public bool Report(BaseChoice choice, bool isAsked)
    {
        diagnostics.Information($"Base: {choice.Name}{(choice.Rungs.Count == 0 ? ", " + choice.Reason : "")}.");
        int width = choice.Rungs.Select(r => r.Name.Length).DefaultIfEmpty().Max();
        foreach (Rung rung in choice.Rungs)
        {
            diagnostics.Information($"  {rung.Name.PadRight(width)}  {Word(rung.Verdict)}: {rung.Reason}");
        }

        if (choice.Rungs.FirstOrDefault(r => r is { Name: Ladder.SlicedName, Verdict: RungVerdict.Unavailable }) is Rung unavailable)
        {
            diagnostics.Warning(DiagnosticCodes.NotSliceable, unavailable.Reason, $"The base is '{choice.Name}' instead.");
            return false;
        }

        bool isSliceAsked = isAsked && choice.Name == Ladder.SlicedName;
        if (choice.Slice is null && isSliceAsked)
        {
            diagnostics.Error(DiagnosticCodes.NotSliceable, "the build machine is for another platform than the image", "");
        }

        return choice.Slice is not Slice slice || Report(slice, isSliceAsked);
    }

    /// <summary>Says what the licence of a C library that is linked in asks for.</summary>
    /// <param name="needs">What the application needs.</param>
    /// <param name="acknowledged">The codes of notices that were taken note of.</param>
    public void ReportLicences(ApplicationNeeds needs, IReadOnlyList<string> acknowledged)
    {
        if (needs.CLibrary is { IsStatic: true, Name: "glibc" } && !acknowledged.Contains(DiagnosticCodes.StaticGlibc))
        {
            diagnostics.Report(new Diagnostic(
                DiagnosticSeverity.Important, DiagnosticCodes.StaticGlibc, Messages.Format(DiagnosticCodes.StaticGlibc)));
        }
    }

    private bool Report(Slice slice, bool isAsked)
    {
        foreach (SystemFile file in slice.Files.Where(f => f is { Source: not null, Package: not null }))
        {
            diagnostics.Detail($"Took {file.TargetPath} of {file.Package}: {file.Reason}.");
        }

        if (isAsked && slice.Missing.Count > 0)
        {
            diagnostics.Error(DiagnosticCodes.NotSliceable, $"{slice.Source} does not have {string.Join(", ", slice.Missing)}", "");
        }

        foreach (string absent in slice.Absent)
        {
            diagnostics.Warning(DiagnosticCodes.NotInSlice, absent, slice.Source);
        }

        return slice.Absent.Count == 0;
    }

    private static string Word(RungVerdict verdict) => verdict switch
    {
        RungVerdict.Taken => "taken",
        RungVerdict.Rejected => "rejected",
        RungVerdict.Unavailable => "cannot be built here",
        _ => "not tried",
    };
}
