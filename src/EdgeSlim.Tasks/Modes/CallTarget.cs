using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>A method that code calls, as the call names it.</summary>
/// <param name="DeclaringType">The type that it is said to be of.</param>
/// <param name="Name">Its name.</param>
/// <param name="Signature">Its signature, as it is defined.</param>
/// <param name="Arguments">The generic arguments of the method.</param>
/// <param name="Definition">Its definition; null where it is in none of the assemblies.</param>
internal sealed record CallTarget(
    ClrType DeclaringType,
    string Name,
    MethodSignature<ClrType> Signature,
    IReadOnlyList<ClrType> Arguments,
    CodeMethod? Definition)
{
    public const string Constructor = ".ctor";

    public string Type => DeclaringType.Name;

    public bool IsInstance => Signature.Header.IsInstance;

    public bool IsConstructor => Name == Constructor;

    /// <summary>How it is shown.</summary>
    public string Shown => Shorten(IsConstructor ? $"new {Type}" : $"{Type}.{Accessed}");

    private string Accessed => Definition is not null && (Name.StartsWith("get_", StringComparison.Ordinal) || Name.StartsWith("set_", StringComparison.Ordinal))
        ? Name[4..]
        : Name;

    public bool Is(string type, string name) => Name == name && Type == type;

    // The number of generic parameters says nothing to who reads it.
    private static string Shorten(string name)
    {
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        while (tick >= 0)
        {
            int end = tick + 1;
            while (end < name.Length && char.IsAsciiDigit(name[end]))
            {
                end++;
            }

            name = name.Remove(tick, end - tick);
            tick = name.IndexOf('`', StringComparison.Ordinal);
        }

        return name.Replace('/', '.');
    }
}
