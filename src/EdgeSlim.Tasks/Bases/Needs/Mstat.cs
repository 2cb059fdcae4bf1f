namespace EdgeSlim.Bases.Needs;

/// <summary>
/// Of the methods that the AOT compiler compiled as such, those with the names that were asked for. Those that it inlined
/// everywhere are not among them.
/// </summary>
public sealed class Mstat
{
    private readonly IReadOnlySet<string> _asked;
    private readonly IReadOnlyDictionary<TypeName, HashSet<string>> _methods;

    /// <summary>Knows the methods.</summary>
    /// <param name="asked">The names that were asked for, without types.</param>
    /// <param name="methods">The names of the compiled methods, by the types that have them.</param>
    internal Mstat(IReadOnlySet<string> asked, IReadOnlyDictionary<TypeName, HashSet<string>> methods)
    {
        _asked = asked;
        _methods = methods;
    }

    /// <summary>Whether a method was compiled.</summary>
    /// <param name="method">The method.</param>
    /// <returns>Whether it is among them.</returns>
    /// <exception cref="ArgumentException">Its name is not among those that were asked for.</exception>
    public bool Contains(MethodName method) =>
        _asked.Contains(method.Method)
            ? _methods.TryGetValue(new TypeName(method.Assembly, method.Type), out HashSet<string>? names) && names.Contains(method.Method)
            : throw new ArgumentException($"Nobody asked for the methods called {method.Method}.", nameof(method));
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
