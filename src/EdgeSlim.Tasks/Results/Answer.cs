namespace EdgeSlim.Results;

/// <summary>What came of a question.</summary>
/// <typeparam name="T">The answer's type.</typeparam>
/// <param name="Time">When it was found out.</param>
/// <param name="Value">The answer.</param>
public sealed record Answer<T>(DateTimeOffset Time, T Value);
