namespace EdgeSlim.Modes;

/// <summary>Where a value comes from that is not known.</summary>
internal enum ValueSource
{
    Parameter,
    Return,
    Field,

    /// <summary>A field that a compiler made for a variable: who knows what was put there.</summary>
    Hoisted,
}

/// <summary>What is known of a value when a method is followed without running it.</summary>
internal abstract record AbstractValue
{
    /// <summary>A value that nothing is known of, for no reason of the code's.</summary>
    public static readonly AbstractValue Lost = new LostValue();

    /// <summary>What a field holds that a compiler keeps a delegate in: it is made where it is not there yet.</summary>
    public static readonly AbstractValue Cached = new CachedValue();

    /// <summary>A method or a field that the code names.</summary>
    public static readonly AbstractValue Member = new MemberValue();

    public static readonly AbstractValue Null = new NullValue();

    /// <summary>What is known of a value that is one of two.</summary>
    public static AbstractValue Merge(AbstractValue one, AbstractValue other) => (one, other) switch
    {
        _ when one == other => one,
        (CachedValue, not SourceValue) => other,
        (not SourceValue, CachedValue) => one,
        (TextListValue first, TextListValue second) when first.Texts.SequenceEqual(second.Texts) => first,
        (SourceValue { IsOfType: true } first, SourceValue { IsOfType: true } second) => Weaker(first, second),
        (SourceValue { IsOfType: true } source, _) => source,
        (_, SourceValue { IsOfType: true } source) => source,
        _ => Lost,
    };

    // The one that less is kept of, so that there is one answer however often the two meet.
    private static SourceValue Weaker(SourceValue one, SourceValue other) =>
        one.KeptMembers == other.KeptMembers || (one.KeptMembers & ~other.KeptMembers) == 0 ? one : other;

    private sealed record LostValue : AbstractValue;

    private sealed record CachedValue : AbstractValue;

    private sealed record MemberValue : AbstractValue;

    private sealed record NullValue : AbstractValue;
}

/// <summary>A type that the code names.</summary>
internal sealed record TypeValue(ClrType Type) : AbstractValue;

/// <summary>A text that the code has.</summary>
internal sealed record TextValue(string Text) : AbstractValue;

/// <summary>A whole number that the code has.</summary>
internal sealed record NumberValue(int Number) : AbstractValue;

/// <summary>A method, or a delegate of it.</summary>
internal sealed record FunctionValue(CodeMethod Method) : AbstractValue;

/// <summary>A value from elsewhere.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Number">The number of the parameter, <c>this</c> included; 0 of anything else.</param>
/// <param name="Type">The type that it is said to have.</param>
/// <param name="KeptMembers">The members that are kept of the type that it names.</param>
internal sealed record SourceValue(ValueSource Source, int Number, ClrType Type, int KeptMembers) : AbstractValue
{
    /// <summary>Whether it is a type or the name of one, of which less is known the more there are that it may be.</summary>
    public bool IsOfType => Type.Name is "System.Type" or "System.Reflection.TypeInfo" or "System.String";
}

/// <summary>What the routes of endpoints begin with.</summary>
/// <param name="Owner">The method whose parameter the prefix goes on from; null where the prefix is whole.</param>
/// <param name="Number">The number of that parameter.</param>
/// <param name="Prefix">The prefix, or what follows it.</param>
internal sealed record RouteValue(CodeMethod? Owner, int Number, string Prefix) : AbstractValue;

/// <summary>A list of texts; it is the same only as itself, since it is filled after it is made.</summary>
internal sealed record TextListValue : AbstractValue
{
    public List<string> Texts { get; } = [];

    public bool Equals(TextListValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
