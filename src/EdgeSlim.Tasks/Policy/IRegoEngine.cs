using System.Text.Json;
using EdgeSlim.Processes;

namespace EdgeSlim.Policy;

/// <summary>How a program that evaluates Rego is asked, and what its answers mean.</summary>
internal interface IRegoEngine
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The command that judges a document.</summary>
    ProcessRequest Command(string program, IReadOnlyList<string> policies, string inputFile);

    /// <summary>What the policies have that cannot be understood.</summary>
    /// <returns>Where and what; null where that is not what went wrong.</returns>
    string? Complaint(ProcessResult result);

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is not in the form that is documented.</exception>
    IEnumerable<RegoVerdict> Read(JsonElement answer);
}

/// <summary>What a package of rules says of a document.</summary>
/// <param name="Package">The package.</param>
/// <param name="Denials">What its rules <c>deny</c> and <c>violation</c> say.</param>
/// <param name="Warnings">What its rules <c>warn</c> say.</param>
public sealed record RegoVerdict(string Package, IReadOnlyList<string> Denials, IReadOnlyList<string> Warnings);
