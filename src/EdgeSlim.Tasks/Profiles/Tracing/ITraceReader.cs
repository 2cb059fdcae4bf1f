namespace EdgeSlim.Profiles.Tracing;

/// <summary>Understands what a tracer says, line by line.</summary>
internal interface ITraceReader
{
    /// <summary>Takes a line.</summary>
    /// <param name="line">The line.</param>
    void Take(string line);

    /// <summary>Whether the tracer has said that it watches.</summary>
    bool IsReady { get; }

    /// <summary>What was seen, once the tracer has ended.</summary>
    /// <returns>It.</returns>
    Trace ToTrace();
}
