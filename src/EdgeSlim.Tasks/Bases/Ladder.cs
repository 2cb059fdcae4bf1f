using System.Globalization;
using System.Text.Json.Serialization;
using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Slicing;

namespace EdgeSlim.Bases;

/// <summary>
/// The bases that are tried where none is named, smallest first: nothing, nothing with libraries linked in, a slice of a
/// root file system, the images of the catalogue. Pure.
/// </summary>
public static class Ladder
{
    /// <summary>The base that is a slice.</summary>
    public const string SlicedName = "sliced";

    // Measured on a web API, an https client and a console application with cultures, compressed.
    private static readonly Dictionary<string, string> Savings = new()
    {
        ["OpenSSL"] = "1.3 MB",
        ["ICU"] = "2.4 MB",
        ["glibc"] = "1 MB",
    };

    /// <summary>What an image is smaller by where a library is linked into a static executable, in words.</summary>
    /// <param name="library"><c>OpenSSL</c>, <c>ICU</c> or <c>glibc</c>.</param>
    /// <returns>The bytes, compressed.</returns>
    public static string SavingOf(string library) => Savings[library];

    /// <summary>Climbs it.</summary>
    /// <param name="request">What is known of the application.</param>
    /// <returns>Every rung, of which one is taken.</returns>
    public static IReadOnlyList<Rung> Climb(LadderRequest request)
    {
        List<Rung> rungs = [];
        bool isSliced = request.Slice is { Missing.Count: 0 } slice && (!request.IsStatic || slice.HasCode);
        string linked = string.Concat(request.LinkedIn.Select(l => $" with {l} linked in"));
        if (request.IsStatic)
        {
            rungs.Add(isSliced
                ? new Rung(BaseImage.ScratchName, RungVerdict.Rejected, $"it needs {string.Join(", ", request.Slice!.Gives)}")
                : new Rung(BaseImage.ScratchName + linked, RungVerdict.Taken, "the executable is static and needs no file of a base image"));
        }
        else
        {
            rungs.Add(new Rung(BaseImage.ScratchName, RungVerdict.Rejected, request.DynamicReason));
            if (request.Unlinked is string library)
            {
                rungs.Add(new Rung(
                    $"{BaseImage.ScratchName} with {library} linked in",
                    RungVerdict.Unavailable,
                    $"{library} cannot be linked in here, which would save about {SavingOf(library)} (compressed); a message above says what to install"));
            }
        }

        rungs.Add(Sliced(request, isSliced, isNeeded: isSliced || !request.IsStatic));
        rungs.AddRange(Named(request.Named, isFound: rungs.Exists(r => r.Verdict == RungVerdict.Taken)));
        return rungs;
    }

    private static Rung Sliced(LadderRequest request, bool isSliced, bool isNeeded) =>
        !request.HasRuntime ? new Rung(SlicedName, RungVerdict.Rejected, "no slice has a .NET runtime")
        : !isNeeded ? new Rung(SlicedName, RungVerdict.NotTried, "a smaller one is enough")
        : isSliced ? new Rung(SlicedName, RungVerdict.Taken, $"what it needs is taken from {request.Slice!.Source}")
        : new Rung(
            SlicedName,
            RungVerdict.Unavailable,
            request.Slice is null
                ? "there is nothing to slice for this platform: EdgeSliceFrom names an image"
                : $"{request.Slice.Source} does not have {string.Join(", ", request.Slice.Missing)}");

    private static IEnumerable<Rung> Named(IReadOnlyList<NamedRung> candidates, bool isFound)
    {
        // Where none has all, the one that lacks the least is taken, and what it lacks is said before anything is composed.
        NamedRung? taken = isFound ? null : candidates.FirstOrDefault(c => c.Problem is null);
        return candidates.Select(c => Named(c, isTaken: c == taken));
    }

    private static Rung Named(NamedRung candidate, bool isTaken)
    {
        string size = candidate.CompressedBytes is long bytes
            ? string.Create(CultureInfo.InvariantCulture, $", about {bytes / 1e6:0} MB compressed")
            : "";
        string lacks = string.Join(", ", candidate.Lacks);
        (RungVerdict verdict, string reason) = (candidate, isTaken) switch
        {
            ({ Lacks.Count: 0 }, true) => (RungVerdict.Taken, $"the smallest image that gives what is needed{size}"),
            (_, true) => (RungVerdict.Taken, $"no image gives all that is needed, and this one lacks the least: {lacks}{size}"),
            ({ Problem: string problem }, _) => (RungVerdict.Rejected, problem),
            ({ Lacks.Count: > 0 }, _) => (RungVerdict.Rejected, $"it does not give {lacks}{size}"),
            _ => (RungVerdict.NotTried, $"a smaller one is enough{size}"),
        };
        return new Rung(candidate.Name, verdict, reason);
    }
}

/// <summary>What is known of an application that needs a base.</summary>
public sealed record LadderRequest
{
    /// <summary>Whether the executable is static.</summary>
    public required bool IsStatic { get; init; }

    /// <summary>Why it is not; empty where it is.</summary>
    public string DynamicReason { get; init; } = "";

    /// <summary>The library that could make it static if it were linked in; null for none.</summary>
    public string? Unlinked { get; init; }

    /// <summary>The libraries that are linked in.</summary>
    public IReadOnlyList<string> LinkedIn { get; init; } = [];

    /// <summary>What can be sliced for it; null where there is nothing to slice.</summary>
    public Slice? Slice { get; init; }

    /// <summary>Whether it brings its own runtime, or is compiled ahead of time.</summary>
    public bool HasRuntime { get; init; } = true;

    /// <summary>The bases of the catalogue, smallest first.</summary>
    public required IReadOnlyList<NamedRung> Named { get; init; }
}

/// <summary>A base that was considered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Reason">Why.</param>
public sealed record Rung(string Name, RungVerdict Verdict, string Reason);

/// <summary>What became of a rung.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RungVerdict>))]
public enum RungVerdict
{
    /// <summary>It is the base.</summary>
    [JsonStringEnumMemberName("taken")]
    Taken,

    /// <summary>The application does not work on it.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>It cannot be built on this machine.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,

    /// <summary>A smaller one was taken.</summary>
    [JsonStringEnumMemberName("notTried")]
    NotTried,
}
