using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>The method that a user wrote, of which a compiler may have made several, in types of its own.</summary>
/// <param name="Types">The type that the user wrote, and those around it, innermost first.</param>
/// <param name="Name">The name of the method.</param>
/// <param name="Methods">The methods of that name; more than one where overloads cannot be told apart.</param>
internal sealed record UserMember(IReadOnlyList<CodeType> Types, string Name, IReadOnlyList<CodeMethod> Methods)
{
    /// <summary>How it is shown.</summary>
    public string Shown => $"{Types[0].Name.Replace('/', '.')}.{Name}";

    /// <summary>Whether a compiler made something, and a user did not.</summary>
    public static bool IsGenerated(string name) =>
        name.Contains('<', StringComparison.Ordinal) || name.StartsWith("VB$", StringComparison.Ordinal)
        || name.StartsWith("_Closure$", StringComparison.Ordinal) || name.StartsWith("_Lambda$", StringComparison.Ordinal);

    public static UserMember Of(CodeMethod method)
    {
        string name = NameIn(method.Name) ?? method.Name;
        List<CodeType> types = [.. Around(method.DeclaringType)];
        int first = 0;
        while (first < types.Count - 1 && Simple(types[first]) is var simple && IsGenerated(simple))
        {
            // A state machine has a method of its own, and its type has the name of the user's.
            name = NameIn(simple) ?? name;
            first++;
        }

        types.RemoveRange(0, first);
        return new UserMember(types, name, name == method.Name && first == 0 ? [method] : [.. Named(types[0], name), method]);
    }

    // <Name>b__0, <Name>d__1, <<Name>b__0>d and VB$StateMachine_1_Name; nothing in <>c.
    private static string? NameIn(string generated)
    {
        if (generated.StartsWith("VB$StateMachine_", StringComparison.Ordinal))
        {
            string[] parts = generated.Split('_', 3);
            return parts.Length == 3 ? parts[2] : null;
        }

        string inner = generated.TrimStart('<');
        int end = inner.IndexOf('>', StringComparison.Ordinal);
        return generated.StartsWith('<') && end > 0 ? inner[..end] : null;
    }

    /// <summary>A type and those that it is nested in, innermost first.</summary>
    public static IEnumerable<CodeType> Around(CodeType type)
    {
        CodeType next = type;
        for (int i = 0; i < TypeNames.MaxDepth; i++)
        {
            yield return next;
            if (next.Definition.GetDeclaringType() is not { IsNil: false } outer)
            {
                yield break;
            }

            next = new CodeType(type.Assembly, outer);
        }
    }

    // The start of a program in statements alone is called <Main>$.
    private static IEnumerable<CodeMethod> Named(CodeType type, string name) => type.Definition.GetMethods()
        .Select(m => new CodeMethod(type.Assembly, m))
        .Where(m => m.Name == name || m.Name == $"<{name}>$");

    private static string Simple(CodeType type) => type.Assembly.Metadata.GetString(type.Definition.Name);
}
