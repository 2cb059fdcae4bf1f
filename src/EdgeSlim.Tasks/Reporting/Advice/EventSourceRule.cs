using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Event sources that were kept.</summary>
internal static class EventSourceRule
{
    private const string Space = "System.Diagnostics.Tracing";

    // Some of it is there in any case.
    private const long Unavoidable = 60_000;

    public static IEnumerable<SizeAdvice> Check(AdviceRequest request)
    {
        if (!request.IsOn("EventSourceSupport", otherwise: true))
        {
            yield break;
        }

        long bytes = request.Map.Find(n => n.Kind == SizeKinds.Space && n.Name == Space).Sum(n => n.Bytes)
            + request.Map.TypeBytes(t => t.EndsWith("EventSource", StringComparison.Ordinal));
        if (bytes > Unavoidable)
        {
            yield return new SizeAdvice
            {
                Rule = "event-sources",
                Title = $"Event sources are kept: {ByteText.Of(bytes)}",
                Text = "They are for dotnet-trace and dotnet-counters, which then have nothing to show. The figure is that of their types alone; with all that they bring along, a web API was seen to lose 0.8 MB.",
                Bytes = bytes,
                IsMeasured = true,
                Change = "<EventSourceSupport>false</EventSourceSupport>",
            };
        }
    }
}
