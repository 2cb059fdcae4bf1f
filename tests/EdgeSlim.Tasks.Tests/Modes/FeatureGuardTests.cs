namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class FeatureGuardTests
{
    private const string Code = """
        using System.Runtime.CompilerServices;
        class Marked
        {
            [RequiresDynamicCode("")] public static void Dynamic() { }
            [RequiresUnreferencedCode("")] public static void Unreferenced() { }
        }

        static class Features
        {
            [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))] public static bool HasPlugIns => AppContext.TryGetSwitch("x", out bool on) && on;
            [FeatureSwitchDefinition("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported")] public static bool Compiles => RuntimeFeature.IsDynamicCodeSupported;
            public static bool Other => AppContext.TryGetSwitch("y", out bool on) && on;
        }

        """;

    [TestMethod]
    [DataRow("if (RuntimeFeature.IsDynamicCodeSupported) Marked.Dynamic();", "")]
    [DataRow("if (RuntimeFeature.IsDynamicCodeCompiled) { Marked.Dynamic(); }", "")]
    [DataRow("if (!RuntimeFeature.IsDynamicCodeSupported) return; Marked.Dynamic();", "")]
    [DataRow("if (!RuntimeFeature.IsDynamicCodeSupported) throw new NotSupportedException(); Marked.Dynamic();", "")]
    [DataRow("bool can = RuntimeFeature.IsDynamicCodeSupported; if (can) Marked.Dynamic();", "")]
    [DataRow("if (RuntimeFeature.IsDynamicCodeSupported && args.Length > 0) Marked.Dynamic();", "")]
    [DataRow("if (args.Length > 0 && RuntimeFeature.IsDynamicCodeSupported) Marked.Dynamic();", "")]
    [DataRow("if (RuntimeFeature.IsDynamicCodeSupported || args.Length > 0) Marked.Dynamic();", "IL3050")]
    [DataRow("if (!RuntimeFeature.IsDynamicCodeSupported) Marked.Dynamic();", "IL3050")]
    [DataRow("if (RuntimeFeature.IsDynamicCodeSupported) Marked.Unreferenced();", "IL2026")]
    [DataRow("if (Features.Compiles) Marked.Dynamic();", "")]
    [DataRow("if (Features.HasPlugIns) Marked.Unreferenced();", "")]
    [DataRow("if (Features.HasPlugIns) Marked.Dynamic();", "IL3050")]
    [DataRow("if (Features.Other) Marked.Unreferenced();", "IL2026")]
    [DataRow("if (JsonSerializer.IsReflectionEnabledByDefault) JsonSerializer.Serialize(args);", "")]
    [DataRow("if (JsonSerializer.IsReflectionEnabledByDefault) Marked.Unreferenced();", "IL2026")]
    [DataRow("try { if (RuntimeFeature.IsDynamicCodeSupported) Marked.Dynamic(); } catch (Exception) { Marked.Unreferenced(); } finally { args = []; }", "IL2026")]
    public void What_is_never_reached_in_the_mode_is_no_evidence(string statements, string expected)
    {
        string program = Code + "class App { void Run(string[] args) { " + statements + " } }";
        Assert.AreEqual(expected, string.Join(' ', ModeSample.Scan(program).Findings.Select(f => f.Code)));
        Assert.AreEqual(expected, string.Join(' ', ModeSample.ScanDebug(program).Findings.Select(f => f.Code)), "without optimizations");
    }
}
