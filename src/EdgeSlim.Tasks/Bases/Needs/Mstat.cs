namespace EdgeSlim.Bases.Needs;

/// <summary>The methods that the AOT compiler compiled as such. Those that it inlined everywhere are not among them.</summary>
public sealed class Mstat
{
    private readonly Dictionary<TypeName, HashSet<string>> _methods;

    /// <summary>Knows the methods.</summary>
    /// <param name="methods">The names of the compiled methods, by the types that have them.</param>
    internal Mstat(Dictionary<TypeName, HashSet<string>> methods)
    {
        _methods = methods;
        Count = methods.Values.Sum(m => m.Count);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Whether a method was compiled.</summary>
    /// <param name="method">The method.</param>
    /// <returns>Whether it is among them.</returns>
    public bool Contains(MethodName method) =>
        _methods.TryGetValue(new TypeName(method.Assembly, method.Type), out HashSet<string>? names) && names.Contains(method.Method);
}

/// <summary>The name of a method; overloads share it.</summary>
/// <param name="Assembly">The assembly's simple name.</param>
/// <param name="Type">The type with its namespace; a nested type follows its own after a slash.</param>
/// <param name="Method">The method.</param>
public sealed record MethodName(string Assembly, string Type, string Method)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}.{Method}";
}
