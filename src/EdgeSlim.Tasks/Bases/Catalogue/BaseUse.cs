using System.Text.Json.Serialization;

namespace EdgeSlim.Bases.Catalogue;

/// <summary>What kind of application a base image is to carry, which decides what it has to bring.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BaseUse>))]
public enum BaseUse
{
    /// <summary>A static executable: no C library is needed.</summary>
    [JsonStringEnumMemberName("static")]
    Static,

    /// <summary>A dynamic executable of Native AOT: the C library.</summary>
    [JsonStringEnumMemberName("aot")]
    Aot,

    /// <summary>An application with its own runtime: the C and C++ libraries.</summary>
    [JsonStringEnumMemberName("selfcontained")]
    SelfContained,

    /// <summary>An application without a runtime: Microsoft.NETCore.App.</summary>
    [JsonStringEnumMemberName("runtime")]
    Runtime,

    /// <summary>A web application without a runtime: Microsoft.AspNetCore.App.</summary>
    [JsonStringEnumMemberName("aspnet")]
    AspNet,
}
