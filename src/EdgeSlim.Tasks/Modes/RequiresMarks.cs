using System.Reflection;
using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>What the author of a method says that it requires.</summary>
/// <param name="Unreferenced">Why it requires code that trimming may take away; null where it does not.</param>
/// <param name="Dynamic">Why it requires code that is made at run time; null where it does not.</param>
internal sealed record RequiresMark(string? Unreferenced, string? Dynamic)
{
    public static readonly RequiresMark None = new(null, null);
}

/// <summary>Reads the marks of methods, of their properties and of their types.</summary>
internal sealed class RequiresMarks
{
    public const string UnreferencedCode = "System.Diagnostics.CodeAnalysis.RequiresUnreferencedCodeAttribute";
    public const string DynamicCode = "System.Diagnostics.CodeAnalysis.RequiresDynamicCodeAttribute";

    private readonly Dictionary<CodeMethod, RequiresMark> _methods = [];
    private readonly Dictionary<CodeType, RequiresMark> _types = [];

    /// <summary>What a call of a method asks for.</summary>
    public RequiresMark Of(CodeMethod method)
    {
        if (!_methods.TryGetValue(method, out RequiresMark? mark))
        {
            mark = Or(Read(method.Assembly, method.Definition.GetCustomAttributes()), Read(method.Assembly, MemberProperties.AttributesOf(method)));

            // A mark on a type is about what is called without having an object of it.
            if (method.Definition.Attributes.HasFlag(MethodAttributes.Static) || method.Name == CallTarget.Constructor)
            {
                mark = Or(mark, Of(method.DeclaringType));
            }

            _methods.Add(method, mark);
        }

        return mark;
    }

    /// <summary>The marks of a type.</summary>
    public RequiresMark Of(CodeType type)
    {
        if (!_types.TryGetValue(type, out RequiresMark? mark))
        {
            mark = Read(type.Assembly, type.Definition.GetCustomAttributes());
            _types.Add(type, mark);
        }

        return mark;
    }

    /// <summary>The marks among attributes.</summary>
    public static RequiresMark Read(CodeAssembly assembly, CustomAttributeHandleCollection? attributes) => attributes is not { Count: > 0 }
        ? RequiresMark.None
        : new RequiresMark(
            Message(assembly, attributes, "RequiresUnreferencedCodeAttribute"),
            Message(assembly, attributes, "RequiresDynamicCodeAttribute"));

    private static string? Message(CodeAssembly assembly, CustomAttributeHandleCollection? attributes, string name) =>
        CodeAttributes.OfAnalysis(assembly, attributes, name).Select(a => CodeAttributes.Text(assembly, a) ?? "").FirstOrDefault();

    private static RequiresMark Or(RequiresMark one, RequiresMark other) =>
        new(one.Unreferenced ?? other.Unreferenced, one.Dynamic ?? other.Dynamic);
}
