using System.Globalization;
using System.Text;
using EdgeSlim.Reporting.Comparison;
using EdgeSlim.Reporting.Modules;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Pages;

/// <summary>Writes the report for where a page cannot be shown, such as the summary of a CI run. Pure.</summary>
public static class MarkdownPage
{
    private const int Rows = 12;

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text.</returns>
    public static string Write(ImageReport report)
    {
        StringBuilder text = new();
        ReportedImage image = report.Image;
        text.AppendLine(CultureInfo.InvariantCulture, $"## {Plain(image.Repository)}:{Plain(image.Tags.Count > 0 ? image.Tags[0] : "")} \u2013 {ByteText.Of(image.CompressedBytes)}");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{ByteText.Of(image.CompressedBytes)} compressed, {ByteText.Of(image.UncompressedBytes)} uncompressed, {Plain(image.Platform)}, `{image.Digest}`");
        Budget(text, report);
        Diff(text, report.Diff);
        Largest(text, report);
        Modules(text, report.Modules);
        Journey(text, report);
        Advice(text, report);
        return text.ToString().TrimEnd();
    }

    private static void Budget(StringBuilder text, ImageReport report)
    {
        if (report.Budget is not { } budget)
        {
            return;
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{(budget.IsTooLarge || budget.GrewTooMuch ? "**Over its budget.**" : "Within its budget.")}{(budget.MaxBytes is long max ? $" It may have {ByteText.Of(max)}." : "")}{(budget.MaxGrowth is long growth ? $" It may grow by {ByteText.Of(growth)}." : "")}");
    }

    private static void Diff(StringBuilder text, ImageDiff? diff)
    {
        if (diff is null)
        {
            return;
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"### Since {Plain(diff.With)}");
        text.AppendLine();
        if (diff.Changes.Count == 0)
        {
            text.AppendLine("Nothing changed its size.");
            return;
        }

        text.AppendLine("| Part | Before | Now | Change |");
        text.AppendLine("|---|---:|---:|---:|");
        foreach (SizeChange change in diff.Changes.Take(Rows))
        {
            string versions = change.VersionBefore != change.VersionAfter ? $" {change.VersionBefore ?? "new"} \u2192 {change.VersionAfter ?? "gone"}" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Plain(change.Name)}{Plain(versions)} | {ByteText.Of(change.Before)} | {ByteText.Of(change.After)} | {ByteText.Signed(change.Difference)} |");
        }
    }

    private static void Largest(StringBuilder text, ImageReport report)
    {
        text.AppendLine();
        text.AppendLine("### The largest parts");
        text.AppendLine();
        text.AppendLine("| Part | Uncompressed | Share |");
        text.AppendLine("|---|---:|---:|");
        foreach (SizeNode part in Contributors.Of(report.Map).Take(Rows))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Plain(part.Name)} | {ByteText.Of(part.Bytes)} | {100.0 * part.Bytes / Math.Max(1, report.Map.Bytes):0.0} % |");
        }
    }

    private static void Modules(StringBuilder text, IReadOnlyList<ModuleSize>? modules)
    {
        if (modules is null)
        {
            return;
        }

        text.AppendLine();
        text.AppendLine("### Modules");
        text.AppendLine();
        text.AppendLine("| Module | | Brings alone |");
        text.AppendLine("|---|---|---:|");
        foreach (ModuleSize module in modules)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Plain(module.Name)} | {(module.IsEnabled ? "on" : "off")} | {(module.IsEnabled ? ByteText.Of(module.Bytes) : "")} |");
        }
    }

    private static void Journey(StringBuilder text, ImageReport report)
    {
        text.AppendLine();
        text.AppendLine("### The way here");
        text.AppendLine();
        text.AppendLine("| Step | Size | |");
        text.AppendLine("|---|---:|---|");
        foreach (JourneyStep step in report.Journey)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Plain(step.Name)} | {(step.IsMeasured ? "" : "about ")}{ByteText.Of(step.Bytes)} | {(step.IsMeasured ? "measured" : "estimate")} |");
        }
    }

    private static void Advice(StringBuilder text, ImageReport report)
    {
        if (report.Advice.Count == 0)
        {
            return;
        }

        text.AppendLine();
        text.AppendLine("### What could be smaller");
        text.AppendLine();
        foreach (Advice.SizeAdvice advice in report.Advice)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- **{Plain(advice.Title)}** ({(advice.IsMeasured ? "measured" : $"estimate: {ByteText.Of(advice.Bytes)}")}) {Plain(advice.Text)}{(advice.Change is null ? "" : $" `{advice.Change.Replace('`', '\'')}`")}");
        }
    }

    // What a name holds is text, whatever it looks like.
    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => plain.Append("&amp;"),
                '<' => plain.Append("&lt;"),
                '>' => plain.Append("&gt;"),
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '#' or '~' or '!' => plain.Append('\\').Append(c),
                '\r' or '\n' => plain.Append(' '),
                _ => plain.Append(c),
            };
        }

        return plain.ToString();
    }
}
