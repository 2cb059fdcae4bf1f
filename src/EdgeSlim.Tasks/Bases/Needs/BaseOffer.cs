namespace EdgeSlim.Bases.Needs;

/// <summary>What a base image gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Needs">The needs that it gives; null where that is not known.</param>
public sealed record BaseOffer(string Name, IReadOnlySet<string>? Needs)
{
    /// <summary>
    /// The empty base with EdgeSlim's layer (users, <c>/tmp</c>), and what the kernel and the executable's own C library
    /// give by themselves.
    /// </summary>
    public static BaseOffer Scratch { get; } = new(
        BaseImage.ScratchName,
        new HashSet<string>
        {
            KnownNeeds.User,
            KnownNeeds.TemporaryFolder,
            KnownNeeds.FileWatching,
            KnownNeeds.ChildProcesses,
            KnownNeeds.Dns,
        });

    /// <summary>The same base with more.</summary>
    /// <param name="needs">The needs that are met besides.</param>
    /// <returns>The offer.</returns>
    public BaseOffer With(IReadOnlySet<string> needs) =>
        this with { Needs = Needs is null ? null : new HashSet<string>([.. Needs, .. needs]) };

    /// <summary>A base image that was looked into.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="contents">What was seen.</param>
    /// <param name="isStatic">Whether the application is a static executable, which cannot open libraries.</param>
    /// <returns>The offer.</returns>
    public static BaseOffer Of(string name, BaseContents contents, bool isStatic) => new(
        name,
        contents.Offers.Except(isStatic ? [KnownNeeds.Tls, KnownNeeds.Crypto, KnownNeeds.Icu] : []).ToHashSet());

    /// <summary>A base image that nothing is known of.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The offer.</returns>
    public static BaseOffer Unknown(string name) => new(name, null);
}
