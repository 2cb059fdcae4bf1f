using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Names of methods for stack traces.</summary>
internal static class StackTraceRule
{
    public static IEnumerable<SizeAdvice> Check(AdviceRequest request)
    {
        long bytes = request.Map.Find(n => n.Kind == SizeKinds.Data && n.Name == BlobNames.StackTraces).Sum(n => n.Bytes);
        if (bytes > 0 && request.IsOn("StackTraceSupport", otherwise: true))
        {
            yield return new SizeAdvice
            {
                Rule = "stack-traces",
                Title = $"Names for stack traces: {ByteText.Of(bytes)} and more",
                Text = "Without them the frames of an exception read 'at <unknown>'. The figure is that of the table alone; names that nothing else needs go with it.",
                Bytes = bytes,
                IsMeasured = true,
                Change = "<StackTraceSupport>false</StackTraceSupport>",
            };
        }
    }
}
