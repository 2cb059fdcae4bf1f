using EdgeSlim.Bases.Slicing;

namespace EdgeSlim.Bases;

/// <summary>Which base the application goes on, and why.</summary>
public sealed record BaseChoice
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Why it is this one.</summary>
    public required string Reason { get; init; }

    /// <summary>The bases that were considered, smallest first; none where the user names one.</summary>
    public IReadOnlyList<Rung> Rungs { get; init; } = [];

    /// <summary>What the image gets besides; null on a named image.</summary>
    public Slice? Slice { get; init; }

    /// <summary>The choice of a climbed ladder.</summary>
    /// <param name="rungs">The rungs.</param>
    /// <param name="slice">What was sliced.</param>
    /// <returns>The choice.</returns>
    public static BaseChoice Of(IReadOnlyList<Rung> rungs, Slice? slice)
    {
        Rung taken = rungs.Single(r => r.Verdict == RungVerdict.Taken);
        bool isSliced = taken.Name == Ladder.SlicedName;

        // The images of the catalogue come after the slice.
        bool isImage = rungs.SkipWhile(r => r.Name != Ladder.SlicedName).Skip(1).Contains(taken);
        return new BaseChoice
        {
            // What is linked in is no part of the base.
            Name = isImage || isSliced ? taken.Name : BaseImage.ScratchName,
            Reason = isSliced ? $"{rungs[0].Reason}; {taken.Reason}" : taken.Reason,
            Rungs = rungs,
            Slice = isImage ? null : slice,
        };
    }
}
