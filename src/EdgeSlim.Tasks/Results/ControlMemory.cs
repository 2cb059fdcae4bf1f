using System.Text.Json.Serialization;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Results;

/// <summary>A failure that a control showed too, so that packaging is not to blame for it.</summary>
/// <param name="Signature">What the failure is known by.</param>
/// <param name="Packages">The key of the set of packages that the application was built with.</param>
public sealed record ClearedFailure(string Signature, string Packages);

/// <summary>
/// Remembers which failures a control cleared, so that a developer whose application cannot run here waits for the control once and not
/// in each build. With other packages the same failure may have another reason.
/// </summary>
/// <param name="file">Where it is kept; empty for nowhere.</param>
public sealed class ControlMemory(string file)
{
    /// <summary>How many failures are kept.</summary>
    public const int MaxEntries = 50;

    /// <summary>Whether a control cleared the failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether one did.</returns>
    public async Task<bool> KnowsAsync(ClearedFailure failure, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Contains(failure);

    /// <summary>Remembers a failure. The oldest is forgotten where there are too many.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">The file cannot be written (EDGE3010).</exception>
    public async Task AddAsync(ClearedFailure failure, CancellationToken cancellationToken)
    {
        if (file.Length > 0)
        {
            IReadOnlyList<ClearedFailure> before = await ReadAsync(cancellationToken);
            await StageFile.WriteAsync(
                file,
                [.. before.Where(f => f != failure).Append(failure).TakeLast(MaxEntries)],
                ControlMemoryJson.Default.IReadOnlyListClearedFailure,
                cancellationToken);
        }
    }

    // One that is damaged is begun anew.
    private async Task<IReadOnlyList<ClearedFailure>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<ClearedFailure?> read =
                await StageFile.ReadIfThereAsync(file, ControlMemoryJson.Default.IReadOnlyListClearedFailure, cancellationToken) ?? [];
            return [.. read.OfType<ClearedFailure>().Where(f => f is { Signature.Length: > 0, Packages: not null })];
        }
        catch (EdgeException)
        {
            return [];
        }
    }
}

/// <summary>How it is written.</summary>
[JsonSerializable(typeof(IReadOnlyList<ClearedFailure>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class ControlMemoryJson : JsonSerializerContext;
