using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Catalogue;

/// <summary>Warns of bases that nobody mends any more, or soon. It decides what is said and nothing of the image.</summary>
public static class EndOfLife
{
    private const int DaysOfNotice = 90;

    /// <summary>Warns where there is cause.</summary>
    /// <param name="reference">The image.</param>
    /// <param name="endOfLife">The day after which nobody mends it; null where it is not known.</param>
    /// <param name="today">Today.</param>
    /// <param name="diagnostics">Where to warn (EDGE2064).</param>
    public static void Check(string reference, DateOnly? endOfLife, DateOnly today, IDiagnosticSink diagnostics)
    {
        if (endOfLife is not DateOnly end || today.AddDays(DaysOfNotice) < end)
        {
            return;
        }

        string date = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        diagnostics.Warning(
            DiagnosticCodes.BaseEndOfLife,
            reference,
            today > end ? $"has had no more updates since {date}" : $"gets no more updates after {date}");
    }
}
