using System.Text.Json.Serialization;

namespace EdgeSlim.Bases.Needs;

/// <summary>Something that the application needs at run time.</summary>
/// <param name="Name">One of <see cref="KnownNeeds"/>.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Evidence">What was seen.</param>
public sealed record Need(string Name, Certainty Certainty, IReadOnlyList<Evidence> Evidence);

/// <summary>A shared library that the application needs at run time.</summary>
/// <param name="Name">Its name, as the application asks for it.</param>
/// <param name="Loading">When it is loaded.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="PartOf">The need that it belongs to; null where it stands for itself.</param>
/// <param name="Evidence">What was seen.</param>
public sealed record LibraryNeed(
    string Name, LibraryLoading Loading, Certainty Certainty, string? PartOf, IReadOnlyList<Evidence> Evidence);

/// <summary>The C library that the application's native code is made for.</summary>
/// <param name="Name"><c>glibc</c> or <c>musl</c>.</param>
/// <param name="IsStatic">Whether the executable contains it.</param>
/// <param name="MinimumVersion">The oldest version that has all that is used; null where it is contained or unknown.</param>
/// <param name="Evidence">What was seen.</param>
public sealed record CLibraryNeed(string Name, bool IsStatic, string? MinimumVersion, IReadOnlyList<Evidence> Evidence);

/// <summary>How sure a need is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Certainty>))]
public enum Certainty
{
    /// <summary>The code for it is there, but nothing shows that the application gets to it.</summary>
    [JsonStringEnumMemberName("possible")]
    Possible,

    /// <summary>Without it, something that the application does fails.</summary>
    [JsonStringEnumMemberName("certain")]
    Certain,
}

/// <summary>When a library is loaded.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LibraryLoading>))]
public enum LibraryLoading
{
    /// <summary>When the file that names it is loaded (DT_NEEDED).</summary>
    [JsonStringEnumMemberName("linked")]
    Linked,

    /// <summary>At run time, by name.</summary>
    [JsonStringEnumMemberName("opened")]
    Opened,
}
