using EdgeSlim.Bases.Needs;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Data of all cultures, where the application may want a few or none.</summary>
internal static class CultureRule
{
    public static IEnumerable<SizeAdvice> Check(AdviceRequest request)
    {
        SizeNode[] icu = [.. request.Map.Find(n => n.Name == "ICU" && n.Kind == SizeKinds.Native)];
        long all = icu.Sum(n => n.Bytes);
        if (all == 0)
        {
            yield break;
        }

        if (!request.Needs.Needs.Any(n => n is { Name: KnownNeeds.Icu, Certainty: Certainty.Certain }))
        {
            yield return new SizeAdvice
            {
                Rule = "cultures",
                Title = $"ICU is in the image and nothing shows that it is used: {ByteText.Of(all)}",
                Text = "Formats and comparisons are then those of the invariant culture.",
                Bytes = all,
                IsMeasured = true,
                Change = "<EdgeGlobalization>invariant</EdgeGlobalization>",
            };
            yield break;
        }

        long data = icu.SelectMany(n => n.Parts).Where(n => n.Name.Contains("icudata", StringComparison.Ordinal)).Sum(n => n.Bytes);
        if (data > 0 && request.Properties.GetValueOrDefault("EdgeCultures", "").Length == 0)
        {
            // Seven languages of all were seen to leave about a third.
            yield return new SizeAdvice
            {
                Rule = "cultures",
                Title = $"Data of all cultures: {ByteText.Of(data)}",
                Text = "EdgeCultures names those that the application has. The figure is what seven languages were seen to save elsewhere.",
                Bytes = data * 2 / 3,
                IsMeasured = false,
                Change = "<EdgeCultures>en;de</EdgeCultures>",
            };
        }
    }
}
