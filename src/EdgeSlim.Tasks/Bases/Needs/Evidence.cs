using System.Text.Json.Serialization;

namespace EdgeSlim.Bases.Needs;

/// <summary>Something that was seen and that shows a need.</summary>
/// <param name="Source">Where it was seen.</param>
/// <param name="Seen">What was seen.</param>
public sealed record Evidence(EvidenceSource Source, string Seen)
{
    /// <inheritdoc/>
    public override string ToString() => Source switch
    {
        EvidenceSource.Asked => $"asked for by {Seen}",
        EvidenceSource.NativeObject => $"the native code refers to {Seen}",
        EvidenceSource.Mstat => $"{Seen} is compiled into it",
        EvidenceSource.Assembly => Seen,
        EvidenceSource.File => Seen,
        EvidenceSource.Package => Seen,
        _ => $"set by {Seen}",
    };
}

/// <summary>Where evidence was seen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceSource>))]
public enum EvidenceSource
{
    /// <summary>The user said so.</summary>
    [JsonStringEnumMemberName("asked")]
    Asked,

    /// <summary>The symbols of the native object, before it is linked.</summary>
    [JsonStringEnumMemberName("nativeObject")]
    NativeObject,

    /// <summary>The AOT compiler's account of what it compiled.</summary>
    [JsonStringEnumMemberName("mstat")]
    Mstat,

    /// <summary>The IL of the application or of a package.</summary>
    [JsonStringEnumMemberName("assembly")]
    Assembly,

    /// <summary>A file for the image.</summary>
    [JsonStringEnumMemberName("file")]
    File,

    /// <summary>What NuGet restored (<c>project.assets.json</c>).</summary>
    [JsonStringEnumMemberName("package")]
    Package,

    /// <summary>A property of the project.</summary>
    [JsonStringEnumMemberName("property")]
    Property,
}
