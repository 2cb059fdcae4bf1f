using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>What the AOT compiler compiled, with the bytes that it counts. They are those of its object file.</summary>
internal sealed record CompiledCode
{
    /// <summary>The methods.</summary>
    public required IReadOnlyList<CompiledMethod> Methods { get; init; }

    /// <summary>What describes types: method tables.</summary>
    public required IReadOnlyList<CompiledData> Types { get; init; }

    /// <summary>Constant data of fields.</summary>
    public required IReadOnlyList<CompiledData> Fields { get; init; }

    /// <summary>Objects that were made while compiling.</summary>
    public required IReadOnlyList<FrozenObject> Objects { get; init; }

    /// <summary>Embedded resources.</summary>
    public required IReadOnlyList<CompiledResource> Resources { get; init; }

    /// <summary>
    /// The bytes of instances of generic types and methods, by the simple name of each other assembly of whose types they were made:
    /// those that a dictionary of nodes takes count here for the nodes, while <see cref="Methods"/> has them for the dictionary.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Instances { get; init; }

    /// <summary>All other data, by the compiler's name of their kind.</summary>
    public required IReadOnlyDictionary<string, long> Blobs { get; init; }
}

/// <summary>A compiled method.</summary>
/// <param name="Owner">Its type; null where that has no name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">The bytes of its code.</param>
/// <param name="GcInfo">The bytes that tell the garbage collector where its references are.</param>
/// <param name="EhInfo">The bytes of its table of handlers.</param>
internal sealed record CompiledMethod(TypeName? Owner, string Name, int Code, int GcInfo, int EhInfo);

/// <summary>Data of a type.</summary>
/// <param name="Owner">The type; null where it has no name.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record CompiledData(TypeName? Owner, int Bytes);

/// <summary>Objects that were made while compiling.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Owner">The type whose initialiser would have made them; null where there is none.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record FrozenObject(TypeName? Type, TypeName? Owner, int Bytes);

/// <summary>An embedded resource.</summary>
/// <param name="Assembly">The assembly's simple name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record CompiledResource(string Assembly, string Name, int Bytes);
