using System.Globalization;
using System.Reflection;

namespace EdgeSlim.Modes;

/// <summary>Writes types as C# names them.</summary>
/// <param name="assemblies">The assemblies that define them.</param>
internal sealed class CSharpTypes(CodeAssemblies assemblies)
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.Char"] = "char",
        ["System.Decimal"] = "decimal",
        ["System.Double"] = "double",
        ["System.Int16"] = "short",
        ["System.Int32"] = "int",
        ["System.Int64"] = "long",
        ["System.Object"] = "object",
        ["System.SByte"] = "sbyte",
        ["System.Single"] = "float",
        ["System.String"] = "string",
        ["System.UInt16"] = "ushort",
        ["System.UInt32"] = "uint",
        ["System.UInt64"] = "ulong",
    };

    /// <summary>Writes a type.</summary>
    public string Write(ClrType type)
    {
        if (type.Kind == ClrTypeKind.Array)
        {
            // The innermost array comes last in C#, and first in metadata.
            ClrType element = type;
            string ranks = "";
            while (element.Kind == ClrTypeKind.Array)
            {
                ranks += $"[{new string(',', element.Number - 1)}]";
                element = element.Arguments[0];
            }

            return Write(element) + ranks;
        }

        if (type.Kind != ClrTypeKind.Named)
        {
            return type.Text;
        }

        return Keywords.TryGetValue(type.Name, out string? keyword) ? keyword
            : type.Name == "System.Nullable`1" && type.Arguments.Count == 1 ? Write(type.Arguments[0]) + "?"
            : WriteNamed(type);
    }

    /// <summary>Whether code that is added to the program can name a type.</summary>
    public bool CanName(ClrType type) => type.Kind switch
    {
        ClrTypeKind.Array => CanName(type.Arguments[0]),
        ClrTypeKind.Named => type.Name.IndexOfAny(['<', '$', '@', '&', '*']) < 0 && IsVisible(type) && type.Arguments.All(CanName),
        _ => false,
    };

    private string WriteNamed(ClrType type)
    {
        int given = 0;
        IEnumerable<string> parts = type.Name.Split('/').Select(part =>
        {
            int tick = part.LastIndexOf('`');
            if (tick < 0 || !int.TryParse(part.AsSpan(tick + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            {
                return part;
            }

            string[] arguments = [.. type.Arguments.Skip(given).Take(count).Select(Write)];
            given += arguments.Length;
            return $"{part[..tick]}<{string.Join(", ", arguments)}>";
        });
        return string.Join('.', parts);
    }

    private bool IsVisible(ClrType type)
    {
        if (assemblies.Find(type) is not CodeType found)
        {
            return true;
        }

        bool isEntry = found.Assembly == assemblies.Entry;
        return UserMember.Around(found).All(t => (t.Definition.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public or TypeAttributes.NestedPublic => true,
            TypeAttributes.NotPublic or TypeAttributes.NestedAssembly or TypeAttributes.NestedFamORAssem => isEntry,
            _ => false,
        });
    }
}
