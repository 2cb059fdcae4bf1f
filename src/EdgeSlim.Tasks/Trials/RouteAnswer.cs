using System.Globalization;
using System.Text.Json.Serialization;

namespace EdgeSlim.Trials;

/// <summary>What a web application answered to a GET request.</summary>
/// <param name="Path">What was asked for.</param>
/// <param name="Status">The status code; null where there was no answer.</param>
/// <param name="Error">Why there was no answer.</param>
public sealed record RouteAnswer(string Path, int? Status, string? Error = null)
{
    /// <summary>How bad it is: 0 for an answer, 1 for a refusal (4xx), 2 for a failure (5xx), 3 for none.</summary>
    [JsonIgnore]
    public int Rank => Status switch
    {
        null => 3,
        >= 500 => 2,
        >= 400 => 1,
        _ => 0,
    };

    /// <summary>In words.</summary>
    /// <returns>The status, or why there is none.</returns>
    public override string ToString() =>
        Status is int status ? $"answers {status.ToString(CultureInfo.InvariantCulture)}" : $"does not answer ({Error})";
}

/// <summary>What is asked of a web application.</summary>
/// <param name="Port">The port.</param>
/// <param name="Routes">The paths.</param>
/// <param name="AnswerTime">How long all answers together may take.</param>
public sealed record WebQuestion(int Port, IReadOnlyList<string> Routes, TimeSpan AnswerTime)
{
    /// <summary>How long all answers together may usually take.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);
}
