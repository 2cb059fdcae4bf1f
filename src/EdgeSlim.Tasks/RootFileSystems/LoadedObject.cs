namespace EdgeSlim.RootFileSystems;

/// <summary>A program or library in a process.</summary>
/// <param name="Path">The path under which it was found.</param>
/// <param name="Entry">The file.</param>
/// <param name="NeededBy">What made the dynamic linker load it; null for what comes first.</param>
internal sealed record LoadedObject(string Path, ImageEntry Entry, LoadedObject? NeededBy)
{
    public ImageElf Elf => Entry.Elf!;

    /// <summary>The object and those on the way to it, itself first.</summary>
    public IEnumerable<LoadedObject> Chain
    {
        get
        {
            for (LoadedObject? at = this; at is not null; at = at.NeededBy)
            {
                yield return at;
            }
        }
    }

    /// <summary>The way to the object, in words.</summary>
    public string Way => string.Join(" > ", Chain.Reverse().Select(o => o.Path));
}
