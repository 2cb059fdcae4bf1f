namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class RequiresRuleTests
{
    private const string Marked = """
        public class Marked
        {
            [RequiresUnreferencedCode("Plug-ins may be gone.")] public static void Unreferenced() { }
            [RequiresDynamicCode("It compiles.")] public static void Dynamic() { }
            [RequiresUnreferencedCode("Both.")] [RequiresDynamicCode("Both.")] public static void Both() { }
            public static string Property { [RequiresUnreferencedCode("Of a property.")] get => ""; }
            public void Nothing() { }
        }

        [RequiresUnreferencedCode("Of a type.")]
        public class MarkedType { public static void Static() { } public void Instance() { } }

        """;

    [TestMethod]
    [DataRow("Marked.Unreferenced();", "UnreferencedCode IL2026 Marked.Unreferenced in App.Run")]
    [DataRow("Marked.Dynamic();", "DynamicCode IL3050 Marked.Dynamic in App.Run")]
    [DataRow("Marked.Both();", "UnreferencedCode IL2026 Marked.Both in App.Run")]
    [DataRow("_ = Marked.Property;", "UnreferencedCode IL2026 Marked.Property in App.Run")]
    [DataRow("new Marked().Nothing();", "")]
    [DataRow("new MarkedType().Instance();", "UnreferencedCode IL2026 new MarkedType in App.Run")]
    [DataRow("MarkedType.Static();", "UnreferencedCode IL2026 MarkedType.Static in App.Run")]
    [DataRow("Action act = Marked.Dynamic; act();", "DynamicCode IL3050 Marked.Dynamic in App.Run")]
    [DataRow("Action act = () => { Marked.Dynamic(); }; act();", "DynamicCode IL3050 Marked.Dynamic in App.Run")]
    [DataRow("System.Reflection.Assembly.LoadFrom(\"x.dll\");", "UnreferencedCode IL2026 System.Reflection.Assembly.LoadFrom in App.Run")]
    [DataRow("System.Linq.Expressions.Expression.Lambda<Func<int>>(System.Linq.Expressions.Expression.Constant(1)).Compile();", "")]
    [DataRow("System.Linq.Expressions.Expression<Func<string, int>> e = s => s.Length;", "")]
    public void A_call_of_what_is_marked_is_found(string statement, string expected) =>
        Assert.AreEqual(expected, ModeSample.Scan(Marked + "class App { void Run() { " + statement + " } }").Shown());

    [TestMethod]
    [DataRow("[RequiresUnreferencedCode(\"\")] void Run() { Marked.Unreferenced(); }")]
    [DataRow("[RequiresUnreferencedCode(\"\")] void Run() { Action act = () => { Marked.Unreferenced(); }; act(); }")]
    [DataRow("[RequiresUnreferencedCode(\"\")] async Task Run() { await Task.Yield(); Marked.Unreferenced(); }")]
    [DataRow("[RequiresUnreferencedCode(\"\")] IEnumerable<int> Run() { void Local() { Marked.Unreferenced(); } Local(); yield return 1; }")]
    [DataRow("[RequiresDynamicCode(\"\")] void Run() { Marked.Dynamic(); }")]
    [DataRow("[UnconditionalSuppressMessage(\"Trimming\", \"IL2026:RequiresUnreferencedCode\")] void Run() { Marked.Unreferenced(); }")]
    [DataRow("[UnconditionalSuppressMessage(\"Trimming\", \"IL2026\")] void Run() { Action act = () => { Marked.Unreferenced(); }; act(); }")]
    [DataRow("[UnconditionalSuppressMessage(\"Trimming\", \"IL2026\")] string Property => Marked.Property;")]
    public void A_method_that_says_so_itself_is_excused(string member) =>
        Assert.AreEqual("", ModeSample.Scan(Marked + "class App { " + member + " }").Shown());

    [TestMethod]
    [DataRow("", "[UnconditionalSuppressMessage(\"AOT\", \"IL3050\")] ", "UnreferencedCode IL2026 Marked.Unreferenced in App.Run")]
    [DataRow("", "[RequiresDynamicCode(\"\")] ", "UnreferencedCode IL2026 Marked.Unreferenced in App.Run")]
    [DataRow("[assembly: UnconditionalSuppressMessage(\"Trimming\", \"IL2026\")] ", "", "")]
    [DataRow("[assembly: UnconditionalSuppressMessage(\"Trimming\", \"IL2026\", Scope = \"member\", Target = \"M:App.Run\")] ", "", "")]
    [DataRow("[assembly: UnconditionalSuppressMessage(\"Trimming\", \"IL2026\", Scope = \"type\", Target = \"T:Other\")] ", "", "UnreferencedCode IL2026 Marked.Unreferenced in App.Run")]
    public void An_excuse_covers_what_it_is_for(string ofAssembly, string ofMethod, string expected) => Assert.AreEqual(
        expected, ModeSample.Scan(ofAssembly + Marked + "class App { " + ofMethod + "void Run() { Marked.Unreferenced(); } }").Shown());

    [TestMethod]
    public void What_is_excused_for_one_reason_may_count_for_the_other()
    {
        const string Code = Marked + "class App { void Run() { Marked.Both(); } }";
        Assert.AreEqual("DynamicCode IL3050 Marked.Both in App.Run", ModeSample.Scan(Code, "IL2026").Shown());
        Assert.AreEqual("", ModeSample.Scan(Code, "IL2026", "IL3050").Shown());
    }

    [TestMethod]
    [DataRow("JsonSerializer.Serialize(new object());", "OwnReflection IL2026 System.Text.Json.JsonSerializer.Serialize in App.Run")]
    [DataRow("configuration.Get<Marked>();", "OwnReflection IL2026 Microsoft.Extensions.Configuration.ConfigurationBinder.Get in App.Run")]
    [DataRow("new System.Xml.Serialization.XmlSerializer(typeof(Marked));", "OwnReflection IL2026 new System.Xml.Serialization.XmlSerializer in App.Run")]
    [DataRow("app.MapPost(\"/\", (Delegate)(() => 1));", "OwnReflection IL2026 Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPost in App.Run")]
    [DataRow("services.AddControllers();", "UnreferencedCode IL2026 Microsoft.Extensions.DependencyInjection.MvcServiceCollectionExtensions.AddControllers in App.Run")]
    [DataRow("services.AddOptions<Marked>().ValidateDataAnnotations();", "OwnReflection IL2026 Microsoft.Extensions.DependencyInjection.OptionsBuilderDataAnnotationsExtensions.ValidateDataAnnotations in App.Run")]
    public void What_looks_at_the_applications_own_types_alone_needs_less(string statement, string expected) => Assert.AreEqual(
        expected,
        ModeSample.Scan(Marked + "class App { void Run(IConfiguration configuration, IServiceCollection services, WebApplication app) { " + statement + " } }").Shown());

    [TestMethod]
    public void A_place_has_its_message_its_file_and_its_line_and_is_found_once()
    {
        EdgeSlim.Modes.ModeFinding finding = ModeSample.Scan(Marked + "\nclass App {\nvoid Run() { Marked.Unreferenced(); Marked.Unreferenced(); }\n}").Findings.Single();
        Assert.AreEqual("Plug-ins may be gone.", finding.Message);
        Assert.AreEqual("/app/Program.cs", finding.File);
        Assert.AreEqual(Marked.Count(c => c == '\n') + 3, finding.Line);
    }

    [TestMethod]
    public void Visual_Basic_is_read_as_well() => Assert.AreEqual(
        "DynamicCode IL3050 App.Dynamic in App.Run\nUnreferencedCode IL2026 System.Reflection.Assembly.LoadFrom in App.Run",
        ModeSample.ScanVisualBasic("""
            Imports System.Diagnostics.CodeAnalysis
            Public Class App
                <RequiresDynamicCode("It compiles.")> Public Shared Sub Dynamic()
                End Sub
                <RequiresDynamicCode("It says so.")> Public Shared Sub Excused()
                    Dynamic()
                End Sub
                Public Shared Sub Run()
                    Dynamic()
                    System.Reflection.Assembly.LoadFrom("x.dll")
                End Sub
            End Class
            """).Shown());
}
