namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class ReflectionRuleTests
{
    private const string Kept = "[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] ";

    private const string Code = """
        static class Asks
        {
            public static void Methods([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type type) { }
            public static void Generic<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T>() { }
        }

        class App
        {
            static Type _field = typeof(string);
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] static Type _kept = typeof(string);
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] static Type Kept { get; set; } = typeof(string);
            static Type Give() => typeof(string);
            [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] static Type GiveKept() => typeof(string);
            #pragma warning disable CS0414

        """;

    [TestMethod]
    [DataRow("void Run(Type t) { Asks.Methods(t); }", "IL2067")]
    [DataRow("void Run(Type t) { t.GetMethods(); }", "IL2070")]
    [DataRow("void Run() { Asks.Methods(Give()); }", "IL2072")]
    [DataRow("void Run(object o) { o.GetType().GetProperties(); }", "IL2075")]
    [DataRow("void Run() { Asks.Methods(_field); }", "IL2077")]
    [DataRow("void Run() { _field.GetMethods(); }", "IL2080")]
    [DataRow("void Run<T>() { Asks.Methods(typeof(T)); }", "IL2087")]
    [DataRow("void Run<T>() { Asks.Generic<T>(); }", "IL2091")]
    [DataRow("object? Run(Type t) => Activator.CreateInstance(t);", "IL2067")]
    [DataRow("Type? Run(string name) => Type.GetType(name);", "IL2057")]
    [DataRow("Type? Run(string name) => Type.GetType(name + \", Other\");", "IL2057")]
    [DataRow("void Run(Type t, bool b) { Asks.Methods(b ? t : typeof(string)); }", "IL2067")]
    [DataRow("void Run(Type t) { var u = t; for (int i = 0; i < 3; i++) { Asks.Methods(u); u = typeof(int); } }", "IL2067")]
    public void A_type_that_nobody_knows_is_found(string member, string expected)
    {
        Assert.AreEqual(expected, Codes(member));
        Assert.AreEqual("UnreferencedCode", ModeSample.Scan(Code + member + "}").Findings[0].Need.ToString());
    }

    [TestMethod]
    [DataRow("void Run() { Asks.Methods(typeof(string)); typeof(string).GetMethods(); }")]
    [DataRow("void Run(" + Kept + "Type t) { Asks.Methods(t); t.GetMethods(); }")]
    [DataRow("void Run() { Asks.Methods(GiveKept()); Asks.Methods(_kept); Asks.Methods(Kept); }")]
    [DataRow("void Run<" + Kept + "T>() { Asks.Methods(typeof(T)); Asks.Generic<T>(); }")]
    [DataRow("void Run<T>() where T : new() { Activator.CreateInstance<T>(); }")]
    [DataRow("void Run() { Asks.Generic<string>(); }")]
    [DataRow("void Run(string s) { s.GetType().GetMethods(); }")]
    [DataRow("void Run(object o) { Console.WriteLine(o.GetType().Name); }")]
    [DataRow("Type? Run() => Type.GetType(\"System.String\");")]
    [DataRow("void Run(bool b) { var t = b ? typeof(string) : typeof(int); Asks.Methods(t); }")]
    [DataRow("void Run(" + Kept + "Type t) { Action a = () => Asks.Methods(t); a(); }")]
    [DataRow("async Task Run(" + Kept + "Type t) { await Task.Yield(); Asks.Methods(t); }")]
    [DataRow("void Run(Type[] types) { foreach (var t in types) { Asks.Methods(t); } }")]
    [DataRow("[RequiresUnreferencedCode(\"\")] void Run(Type t) { Asks.Methods(t); }")]
    [DataRow("[UnconditionalSuppressMessage(\"\", \"IL2067\")] void Run(Type t) { Asks.Methods(t); }")]
    public void A_type_that_is_known_or_lost_sight_of_is_not(string member) => Assert.AreEqual("", Codes(member));

    [TestMethod]
    public void Less_than_what_is_asked_for_is_not_enough() => Assert.AreEqual(
        "IL2067", Codes("void Run([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type t) { Asks.Methods(t); }"));

    [TestMethod]
    [DataRow("Type Run() => typeof(List<>).MakeGenericType(typeof(string));", "IL3050")]
    [DataRow("Type Run(Type t) => t.MakeGenericType(typeof(string));", "IL2026")]
    [DataRow("Array Run() => Enum.GetValues(typeof(DayOfWeek));", "")]
    [DataRow("Array Run(Type t) => Enum.GetValues(t);", "IL3050")]
    public void What_is_made_of_a_known_type_needs_less(string member, string expected) => Assert.AreEqual(expected, Codes(member));

    private static string Codes(string member) =>
        string.Join(' ', ModeSample.Scan(Code + member + "}").Findings.Select(f => f.Code));
}
