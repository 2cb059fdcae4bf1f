using EdgeSlim.Bases;
using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Locking;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Looks up which images the project's bases are now, and writes that and the mode to the lock file.</summary>
public sealed class UpdateBaseLock : CatalogueTask
{
    /// <summary>The base's name; empty where the project has none from elsewhere.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether the name may be a short one.</summary>
    public bool MayBeShort { get; set; }

    /// <summary>Further image references, folders and archives.</summary>
    public string[] References { get; set; } = [];

    /// <summary>The mode that the evidence chose for the last image; empty where the project asks for one, or no image was made.</summary>
    public string Mode { get; set; } = "";

    /// <summary>Where what is unpacked is kept.</summary>
    [Required]
    public string CacheFolder { get; set; } = "";

    /// <summary>EdgeLockFile.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Platform platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier)
            ?? throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "RuntimeIdentifier", RuntimeIdentifier, Platform.KnownRuntimeIdentifiers);
        BaseLock? before = BaseLockFile.Read(LockFile);
        RegistryOptions options = ReadOptions();
        RegistryName? delivery = ReadDeliveryRegistry();
        BaseImageSource source = new(
            CacheFolder, name => Connect(name, delivery, options), Diagnostics, BaseMirrors.Parse(Mirror, Mirrors));
        List<LockedBase> found = [];
        foreach (string reference in Wanted().Concat(References).Distinct(StringComparer.Ordinal))
        {
            LockedBase locked = await source.LookUpAsync(reference, platform, cancellationToken);
            found.Add(locked);
            Digest? known = before?.Find(locked.Reference)?.Digest;
            Diagnostics.Important(
                known == locked.Digest
                    ? $"{locked.Reference} is still {locked.Digest}"
                    : $"{locked.Reference} is {locked.Digest}{(known is null ? "" : $", and was {known}")}");
        }

        string? mode = Mode.Length == 0 ? null : Mode;
        if (mode is not null && before?.Mode != mode)
        {
            Diagnostics.Important($"The mode is {mode}{(before?.Mode is string earlier ? $", and was {earlier}" : "")}");
        }

        if (found.Count == 0 && mode is null)
        {
            Diagnostics.Important("The project uses no base image that could be locked.");
            return;
        }

        bool isNew = BaseLockFile.Write(LockFile, BaseLock.Of(found, mode));
        Diagnostics.Important($"{LockFile} {(isNew ? "was written" : "is up to date")}.");
    }

    // Which of a base's images it will be is decided by the needs of the application: all that it may be.
    private IReadOnlyList<string> Wanted()
    {
        if (Name.Length == 0)
        {
            return [];
        }

        BaseCatalogue catalogue = ReadCatalogue();
        BaseQuery query = ReadQuery();
        CatalogueChoice choice = MayBeShort
            ? BaseChooser.Choose(catalogue, Name, query)
            : BaseChooser.Describe(catalogue, Name, query);
        return MayBeShort && catalogue.Find(Name) is CatalogueBase entry
            ? [.. entry.ImagesFor(query.Use, query.FrameworkVersion).Select(i => i.ReferenceFor(query.FrameworkVersion))]
            : IsPinned(choice.Reference) ? [] : [choice.Reference];
    }

    private static bool IsPinned(string name) => !BaseImage.IsLocalName(name) && ImageReference.Parse(name).IsPinned;
}
