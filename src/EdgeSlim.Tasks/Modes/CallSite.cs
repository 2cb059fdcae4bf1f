namespace EdgeSlim.Modes;

/// <summary>A call in a method, with what is known of what it is given.</summary>
internal sealed class CallSite(CodeMethod caller, int offset, CallTarget target)
{
    public CodeMethod Caller { get; } = caller;

    public int Offset { get; } = offset;

    public CallTarget Target { get; } = target;

    /// <summary>What it is given, <c>this</c> included; empty where its address alone is taken.</summary>
    public IReadOnlyList<AbstractValue> Arguments { get; private set; } = [];

    /// <summary>The worlds in which it is reached.</summary>
    public Worlds Worlds { get; private set; }

    /// <summary>What is given for a parameter; lost where its address alone is taken.</summary>
    public AbstractValue Argument(int parameter) =>
        parameter + (Target.IsInstance && !Target.IsConstructor ? 1 : 0) is var number && number < Arguments.Count ? Arguments[number] : AbstractValue.Lost;

    public void Reach(Worlds worlds, IReadOnlyList<AbstractValue> arguments)
    {
        Arguments = Worlds != Worlds.None && Arguments.Count == arguments.Count
            ? [.. Arguments.Zip(arguments, AbstractValue.Merge)]
            : arguments;
        Worlds |= worlds;
    }
}
