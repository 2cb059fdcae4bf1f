using EdgeSlim.Modes;

namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class JsonRuleTests
{
    private const string Models = """

        public record Todo(int Id, string? Title, Owner? Owner);
        public record Owner(string Name);
        public interface IServer;
        public class Service(IServer server) { public override string ToString() => server.ToString()!; }
        public class Outer { public record Inner(int Id); }
        """;

    private const string Context = """

        [JsonSerializable(typeof(Todo[]))] [JsonSerializable(typeof(List<Owner>))] partial class Context : JsonSerializerContext;
        """;

    [TestMethod]
    [DataRow("() => new Todo[0]", "Todo[]")]
    [DataRow("async () => { await Task.Yield(); return new List<Todo>(); }", "System.Collections.Generic.List<Todo>")]
    [DataRow("() => new Dictionary<string, Outer.Inner[]>()", "System.Collections.Generic.Dictionary<string, Outer.Inner[]>")]
    [DataRow("() => (5, 6)", "System.ValueTuple<int, int>")]
    [DataRow("() => 5", "int")]
    [DataRow("() => (DateTime?)null", "System.DateTime?")]
    [DataRow("() => TypedResults.Ok(new Todo(1, null, null))", "Todo")]
    [DataRow("() => TypedResults.Ok(\"text\")", "string")]
    [DataRow("Results<Ok<Todo>, NotFound> (int id) => TypedResults.NotFound()", "Todo")]
    [DataRow("() => Results.Created(\"/x\", new Owner(\"\"))", "Owner")]
    [DataRow("() => Results.Problem()", "Microsoft.AspNetCore.Mvc.ProblemDetails")]
    [DataRow("() => \"text\"", "")]
    [DataRow("() => { }", "")]
    [DataRow("() => (object)new Todo(1, null, null)", "")]
    [DataRow("() => Results.NoContent()", "")]
    public void A_type_that_an_endpoint_answers_is_found(string handler, string expected) => Found($"app.MapGet(\"/a\", {handler});", "", expected);

    [TestMethod]
    [DataRow("app.MapPost(\"/a\", (Todo todo) => { });", "Todo")]
    [DataRow("app.MapPost(\"/a\", (List<Todo> todos, Owner[] owners) => { });", "System.Collections.Generic.List<Todo> Owner[]")]
    [DataRow("app.MapPut(\"/a\", ([Microsoft.AspNetCore.Mvc.FromBody] Todo todo) => { });", "Todo")]
    [DataRow("app.MapGet(\"/a\", (Todo todo) => { });", "")]
    [DataRow("app.MapPost(\"/a\", (Service service, System.Net.Http.HttpClient client, Microsoft.Extensions.Logging.ILogger<Todo> log) => { });", "")]
    [DataRow("app.MapPost(\"/a\", (IServer server) => { });", "")]
    public void A_type_that_an_endpoint_reads_is_found_and_a_service_is_not(string statement, string expected) => Found(statement, "", expected);

    [TestMethod]
    public void A_service_that_is_registered_is_no_body() =>
        Found("app.MapPost(\"/a\", (Todo todo, Owner owner) => { }); builder.Services.AddSingleton<Owner>();", "", "Todo");

    [TestMethod]
    [DataRow("() => new Todo[0]", "")]
    [DataRow("() => new Todo(1, null, null)", "")]
    [DataRow("() => new Owner(\"\")", "")]
    [DataRow("() => 5", "")]
    [DataRow("() => TypedResults.Ok(\"text\")", "")]
    [DataRow("() => new Todo[0][]", "Todo[][]")]
    [DataRow("() => new List<Todo>()", "System.Collections.Generic.List<Todo>")]
    public void What_a_context_covers_needs_nothing(string handler, string expected) => Found($"app.MapGet(\"/a\", {handler});", Context, expected);

    [TestMethod]
    [DataRow("() => Results.Problem()", "")]
    [DataRow("() => TypedResults.ValidationProblem(new Dictionary<string, string[]>())", "")]
    [DataRow("() => TypedResults.Ok(\"text\")", "")]
    [DataRow("() => 5", "int")]
    public void The_framework_covers_its_problems_where_it_is_asked_to(string handler, string expected) =>
        Found($"builder.Services.AddProblemDetails(); app.MapGet(\"/a\", {handler});", "", expected);

    [TestMethod]
    public void The_place_is_where_the_endpoint_is_mapped()
    {
        ModeFinding finding = ModeSample.ScanGenerated(Program("\n\napp.MapGet(\"/a\", () => new Todo[0]);", "")).Findings.Single();
        Assert.AreEqual("OwnReflection JSON Todo[] Program.Main 4", $"{finding.Need} {finding.Code} {finding.Target} {finding.Member} {finding.Line}");
    }

    [TestMethod]
    public void A_type_that_no_context_can_name_is_found_and_not_listed()
    {
        ModeEvidence evidence = ModeSample.Scan("""
            public static class Answers
            {
                public static object One() => TypedResults.Ok(new Hidden());
                public static object Other() => TypedResults.Ok(new { Id = 1 });
                private sealed class Hidden;
            }
            """);
        Assert.IsEmpty(evidence.JsonTypes);
        Assert.AreEqual(2, evidence.Findings.Count(f => f.Code == "JSON"));
    }

    private static void Found(string statement, string context, string expected)
    {
        ModeEvidence evidence = ModeSample.ScanGenerated(Program(statement, context));
        Assert.AreEqual(expected, string.Join(' ', evidence.JsonTypes));
        Assert.AreEqual(expected, string.Join(' ', evidence.Findings.Select(f => f.Code == "JSON" ? f.Target : f.ToString())));
    }

    private static string Program(string statement, string context) => $"""
        var builder = WebApplication.CreateSlimBuilder(args);
        var app = builder.Build();{statement}
        app.Run();
        {Models}{context}
        """;
}
