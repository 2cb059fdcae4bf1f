namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class ReachabilityTests
{
    private const string Library = """
        public static class Marked { [RequiresDynamicCode("")] public static void Dynamic() { } }
        public static class Unused { public static void Method() => Marked.Dynamic(); }
        public static class Used { public static void Method() => Deeper(); static void Deeper() => Marked.Dynamic(); public static void Other() => Marked.Dynamic(); public static void Nothing() { } }
        public interface IService { void Serve(); }
        public class Service : IService { public void Serve() => Marked.Dynamic(); }
        public class Static { public static int Number; static Static() => Marked.Dynamic(); }
        public class Controller { public void Get() => Marked.Dynamic(); }
        public class Lazy { public static async Task Run() { await Task.Yield(); Marked.Dynamic(); } }
        public class Derived : Middle { }
        public class Middle { public override string ToString() { Marked.Dynamic(); return ""; } }

        """;

    [TestMethod]
    [DataRow("", "")]
    [DataRow("Used.Nothing();", "")]
    [DataRow("Used.Method();", "Used.Deeper")]
    [DataRow("new Service();", "Service.Serve")]
    [DataRow("services.AddSingleton<IService, Service>();", "Service.Serve")]
    [DataRow("Console.Write(Static.Number);", "Static..cctor")]
    [DataRow("Console.Write(typeof(Controller));", "Controller.Get")]
    [DataRow("new List<Controller>();", "Controller.Get")]
    [DataRow("Action method = Used.Other;", "Used.Other")]
    [DataRow("Func<object> make = () => new Derived();", "Middle.ToString")]
    [DataRow("_ = Lazy.Run();", "Lazy.Run")]
    public void Of_a_library_what_is_used_counts(string statement, string expected) => Assert.AreEqual(
        expected,
        string.Join(' ', ModeSample.ScanWithLibrary("class App { void Run(IServiceCollection services) { " + statement + " } }", Library)
            .Findings.Select(f => f.Member)));

    [TestMethod]
    public void All_of_the_program_counts() =>
        Assert.HasCount(8, ModeSample.Scan(Library).Findings);
}
