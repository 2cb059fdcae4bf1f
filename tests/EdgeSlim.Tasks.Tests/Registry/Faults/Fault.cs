namespace EdgeSlim.Tests.Registry.Faults;

/// <summary>What goes wrong with one request.</summary>
internal abstract record Fault
{
    /// <summary>The connection is cut after so many bytes of the request's body.</summary>
    public sealed record CutRequest(long After) : Fault;

    /// <summary>The registry does all that it was asked to, and the connection is cut after so many bytes of its answer.</summary>
    public sealed record CutAnswer(long After) : Fault;

    /// <summary>The registry is not asked; somebody on the way says that it is busy.</summary>
    public sealed record Busy(int Status, string? RetryAfter) : Fault;

    /// <summary>Nothing moves any more.</summary>
    public sealed record Stall : Fault;

    /// <summary>One byte of the answer's body is another one.</summary>
    public sealed record Corrupt : Fault;
}
