namespace EdgeSlim.Bases.Needs;

/// <summary>The methods that the AOT compiler compiled as such. Those that it inlined everywhere are not among them.</summary>
/// <param name="methods">The methods.</param>
public sealed class Mstat(IReadOnlySet<MethodName> methods)
{
    /// <summary>How many there are.</summary>
    public int Count => methods.Count;

    /// <summary>Whether a method was compiled.</summary>
    /// <param name="method">The method.</param>
    /// <returns>Whether it is among them.</returns>
    public bool Contains(MethodName method) => methods.Contains(method);
}

/// <summary>The name of a method; overloads share it.</summary>
/// <param name="Assembly">The assembly's simple name.</param>
/// <param name="Type">The type with its namespace; a nested type follows its own after a slash.</param>
/// <param name="Method">The method.</param>
public readonly record struct MethodName(string Assembly, string Type, string Method)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}.{Method}";
}
