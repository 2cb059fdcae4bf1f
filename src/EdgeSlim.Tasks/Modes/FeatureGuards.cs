using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>What is taken for switched off while code is followed. Code that is not reached then is no evidence.</summary>
[Flags]
internal enum Worlds
{
    None = 0,

    /// <summary>Nothing that needs code that trimming takes away.</summary>
    Trimmed = 1,

    /// <summary>No code is made at run time.</summary>
    Static = 2,

    /// <summary>JSON is made without reflection, in a trimmed program.</summary>
    StaticJson = 4,

    /// <summary>The program is not run by who develops it.</summary>
    Production = 8,
    All = Trimmed | Static | StaticJson | Production,
}

/// <summary>Knows the properties that are false when what they stand for is switched off.</summary>
internal sealed class FeatureGuards
{
    private readonly Dictionary<CodeMethod, Worlds> _known = [];

    /// <summary>The worlds in which a call gives false.</summary>
    public Worlds FalseIn(CallTarget target)
    {
        if (target.Name == "IsDevelopment")
        {
            return target.Type == "Microsoft.Extensions.Hosting.HostEnvironmentEnvExtensions" ? Worlds.Production : Worlds.None;
        }

        if (target.IsInstance || target.Signature.ParameterTypes.Length > 0 || target.Signature.ReturnType.Name != "System.Boolean"
            || !target.Name.StartsWith("get_", StringComparison.Ordinal))
        {
            return Worlds.None;
        }

        Worlds worlds = Switched($"{target.Type}.{target.Name[4..]}");
        return worlds == Worlds.None && target.Definition is CodeMethod getter ? Marked(getter) : worlds;
    }

    private static Worlds Switched(string name) => name switch
    {
        "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported" => Worlds.Static,
        "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeCompiled" => Worlds.Static,
        "System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault" => Worlds.StaticJson,
        _ => Worlds.None,
    };

    private Worlds Marked(CodeMethod getter)
    {
        if (!_known.TryGetValue(getter, out Worlds worlds))
        {
            CodeAssembly assembly = getter.Assembly;
            CustomAttributeHandleCollection? attributes = MemberProperties.AttributesOf(getter);
            worlds = CodeAttributes.OfAnalysis(assembly, attributes, "FeatureGuardAttribute")
                .Select(a => CodeAttributes.Arguments(assembly, a) is [ClrType type, ..] ? Guarded(type.Name) : Worlds.None)
                .Concat(CodeAttributes.OfAnalysis(assembly, attributes, "FeatureSwitchDefinitionAttribute")
                    .Select(a => CodeAttributes.Text(assembly, a) is string name ? Switched(name) : Worlds.None))
                .Aggregate(Worlds.None, (all, one) => all | one);
            _known.Add(getter, worlds);
        }

        return worlds;
    }

    private static Worlds Guarded(string attribute) => attribute switch
    {
        RequiresMarks.UnreferencedCode => Worlds.Trimmed | Worlds.StaticJson,
        RequiresMarks.DynamicCode => Worlds.Static,
        _ => Worlds.None,
    };
}
