using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>Where the author of code takes it on himself that a warning does not matter, or hands it on to the caller.</summary>
/// <param name="suppressed">The codes that the project suppresses everywhere.</param>
internal sealed class Excuses(IReadOnlySet<string> suppressed)
{
    private const string Everything = "*";

    private readonly Dictionary<CodeMethod, IReadOnlySet<string>> _members = [];
    private readonly Dictionary<CodeAssembly, IReadOnlyList<Suppression>> _assemblies = [];

    /// <summary>Whether a warning in a method does not count.</summary>
    public bool Cover(CodeMethod method, string code)
    {
        if (suppressed.Contains(code))
        {
            return true;
        }

        if (!_members.TryGetValue(method, out IReadOnlySet<string>? codes))
        {
            codes = Read(method);
            _members.Add(method, codes);
        }

        return codes.Contains(code)
            || codes.Contains((code.StartsWith("IL3", StringComparison.Ordinal) ? "IL3" : "IL2") + Everything);
    }

    private HashSet<string> Read(CodeMethod method)
    {
        CodeAssembly assembly = method.Assembly;
        UserMember member = UserMember.Of(method);
        HashSet<string> codes = [];
        foreach (CodeMethod one in member.Methods.Append(method))
        {
            Add(codes, assembly, one.Definition.GetCustomAttributes());
            Add(codes, assembly, MemberProperties.AttributesOf(one));
        }

        foreach (CodeType type in member.Types.Append(method.DeclaringType))
        {
            Add(codes, assembly, type.Definition.GetCustomAttributes());
        }

        if (!_assemblies.TryGetValue(assembly, out IReadOnlyList<Suppression>? global))
        {
            global = Global(assembly);
            _assemblies.Add(assembly, global);
        }

        codes.UnionWith(global.Where(s => s.Reaches(member)).Select(s => s.Code));
        return codes;
    }

    private static List<Suppression> Global(CodeAssembly assembly)
    {
        MetadataReader metadata = assembly.Metadata;
        CustomAttributeHandleCollection ofAssembly = metadata.GetAssemblyDefinition().GetCustomAttributes();
        CustomAttributeHandleCollection ofModule = metadata.GetCustomAttributes(EntityHandle.ModuleDefinition);
        HashSet<string> marks = [];
        AddMarks(marks, assembly, ofAssembly);
        AddMarks(marks, assembly, ofModule);
        return [
            .. marks.Select(code => new Suppression(code, null, null)),
            .. Suppressions(assembly, ofAssembly),
            .. Suppressions(assembly, ofModule)];
    }

    private static void Add(HashSet<string> codes, CodeAssembly assembly, CustomAttributeHandleCollection? attributes)
    {
        if (attributes is { Count: > 0 })
        {
            AddMarks(codes, assembly, attributes);
            codes.UnionWith(Suppressions(assembly, attributes).Select(s => s.Code));
        }
    }

    // What requires code that may be missing may do all that trimming is in the way of.
    private static void AddMarks(HashSet<string> codes, CodeAssembly assembly, CustomAttributeHandleCollection? attributes)
    {
        RequiresMark mark = RequiresMarks.Read(assembly, attributes);
        if (mark.Unreferenced is not null)
        {
            codes.Add("IL2" + Everything);
        }

        if (mark.Dynamic is not null)
        {
            codes.Add("IL3" + Everything);
        }
    }

    private static IEnumerable<Suppression> Suppressions(CodeAssembly assembly, CustomAttributeHandleCollection? attributes)
    {
        foreach (CustomAttribute attribute in CodeAttributes.OfAnalysis(assembly, attributes, "UnconditionalSuppressMessageAttribute"))
        {
            if (CodeAttributes.Read(assembly, attribute) is { } value && value.FixedArguments is [_, { Value: string check }, ..])
            {
                yield return new Suppression(
                    check.Split(':', 2)[0].Trim(),
                    value.NamedArguments.FirstOrDefault(a => a.Name == "Scope").Value as string,
                    value.NamedArguments.FirstOrDefault(a => a.Name == "Target").Value as string);
            }
        }
    }

    private sealed record Suppression(string Code, string? Scope, string? Target)
    {
        public bool Reaches(UserMember member) => Scope switch
        {
            null or "module" => true,
            "type" => member.Types.Any(t => Target == "T:" + Documented(t)),
            "member" => Target?.Split('(', 2)[0].Split('`', 2)[0] == $"M:{Documented(member.Types[0])}.{member.Name.Replace('.', '#')}",
            _ => false,
        };

        private static string Documented(CodeType type) => type.Name.Replace('/', '.');
    }
}
