namespace EdgeSlim.Modes;

internal enum ClrTypeKind
{
    Named,
    Array,
    TypeParameter,
    MethodParameter,
    Other,
}

/// <summary>A type as signatures name it. Two are the same when they read the same, whatever assembly they are said to be in.</summary>
internal sealed class ClrType : IEquatable<ClrType>
{
    public static readonly ClrType Other = new(ClrTypeKind.Other, "", "?", 0, []);

    private ClrType(ClrTypeKind kind, string assembly, string name, int number, IReadOnlyList<ClrType> arguments)
    {
        (Kind, Assembly, Name, Number, Arguments) = (kind, assembly, name, number, arguments);
        Text = kind switch
        {
            ClrTypeKind.Array => $"{arguments[0].Text}[{new string(',', number - 1)}]",
            ClrTypeKind.TypeParameter => $"!{number}",
            ClrTypeKind.MethodParameter => $"!!{number}",
            _ => arguments.Count == 0 ? name : $"{name}<{string.Join(",", arguments.Select(a => a.Text))}>",
        };
    }

    public ClrTypeKind Kind { get; }

    /// <summary>The simple name of the assembly that the reference is to; empty for what every assembly knows.</summary>
    public string Assembly { get; }

    /// <summary>The full name in metadata; a nested type follows its own after a slash.</summary>
    public string Name { get; }

    /// <summary>The number of a generic parameter, or the rank of an array.</summary>
    public int Number { get; }

    /// <summary>The generic arguments, or the element of an array.</summary>
    public IReadOnlyList<ClrType> Arguments { get; }

    public string Text { get; }

    /// <summary>Whether a generic parameter stands in it, so that it is not known what it is.</summary>
    public bool IsOpen => Kind is ClrTypeKind.TypeParameter or ClrTypeKind.MethodParameter or ClrTypeKind.Other || Arguments.Any(a => a.IsOpen);

    public static ClrType Named(string assembly, string name) => new(ClrTypeKind.Named, assembly, name, 0, []);

    public static ClrType ArrayOf(ClrType element, int rank = 1) => new(ClrTypeKind.Array, "", "", Math.Clamp(rank, 1, 32), [element]);

    public static ClrType Parameter(ClrTypeKind kind, int number) => new(kind, "", "", number, []);

    public ClrType Of(IReadOnlyList<ClrType> arguments) =>
        Kind == ClrTypeKind.Named ? new ClrType(Kind, Assembly, Name, 0, arguments) : this;

    /// <summary>It and all types that stand in it.</summary>
    public IEnumerable<ClrType> Parts() => Arguments.SelectMany(a => a.Parts()).Prepend(this);

    public bool Equals(ClrType? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as ClrType);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
