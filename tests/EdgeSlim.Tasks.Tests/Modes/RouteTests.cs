namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class RouteTests
{
    [TestMethod]
    [DataRow("app.MapGet(\"/a\", () => \"\");", "/a")]
    [DataRow("app.MapGet(\"a\", () => \"\"); app.MapGet(\"/a\", () => \"\");", "/a")]
    [DataRow("app.MapGet(\"/\", () => \"\");", "/")]
    [DataRow("app.Map(\"/any\", () => \"\");", "/any")]
    [DataRow("app.MapGet(\"/raw\", (HttpContext context) => Task.CompletedTask);", "/raw")]
    [DataRow("app.MapPost(\"/a\", () => \"\");", "")]
    [DataRow("app.MapGet(\"/a/{id}\", (int id) => \"\");", "")]
    [DataRow("app.MapGet(args[0], () => \"\");", "")]
    [DataRow("app.MapMethods(\"/m\", new[] { \"POST\", \"GET\" }, () => \"\");", "/m")]
    [DataRow("app.MapMethods(\"/m\", [\"GET\"], () => \"\");", "/m")]
    [DataRow("app.MapMethods(\"/m\", new[] { \"POST\" }, () => \"\");", "")]
    [DataRow("app.MapDefaultControllerRoute();", "/")]
    [DataRow("app.MapControllerRoute(\"default\", \"{controller=Home}/{action=Index}/{id?}\");", "/")]
    [DataRow("app.MapControllerRoute(\"blog\", \"blog/{*article}\"); app.MapControllerRoute(\"all\", \"{controller}/{action=Index}\");", "")]
    [DataRow("app.MapHealthChecks(\"/healthz\");", "/healthz")]
    [DataRow("app.MapGroup(\"/g\").MapGet(\"/a\", () => \"\");", "/g/a")]
    [DataRow("var g = app.MapGroup(\"/g\").WithTags(\"t\"); g.MapGet(\"\", () => \"\"); g.MapGroup(\"h\").MapGet(\"a\", () => \"\");", "/g /g/h/a")]
    [DataRow("app.MapGroup(args[0]).MapGet(\"/a\", () => \"\");", "")]
    [DataRow("app.MapGroup(\"/{tenant}\").MapGet(\"/a\", () => \"\");", "")]
    [DataRow("app.MapAll(); app.MapGroup(\"/v2\").MapAll();", "/b /v2/b")]
    [DataRow("IEndpointRouteBuilder unknown = args.Length > 0 ? app : app.MapGroup(\"/x\"); unknown.MapGet(\"/a\", () => \"\");", "")]
    [DataRow("app.UseEndpoints(e => e.MapGet(\"/e\", () => \"\"));", "/e")]
    [DataRow("if (app.Environment.IsDevelopment()) app.MapGet(\"/dev\", () => \"\");", "")]
    [DataRow("app.MapGet(\"/a\", () => \"\"); await app.RunAsync();", "/a")]
    public void Paths_that_answer_get_are_found(string statements, string expected)
    {
        string program = "var app = WebApplication.Create(args); " + statements + """

            app.Run();
            static class Endpoints { public static void MapAll(this IEndpointRouteBuilder routes) => routes.MapGet("/b", () => ""); }
            """;
        string used = statements.Contains("MapAll", StringComparison.Ordinal) ? program : program[..program.IndexOf("static class", StringComparison.Ordinal)];
        Assert.AreEqual(expected, string.Join(' ', ModeSample.Scan(used).Routes));
        Assert.AreEqual(expected, string.Join(' ', ModeSample.ScanGenerated(used).Routes), "with what generators make");
    }

    [TestMethod]
    [DataRow("[Route(\"api/[controller]\")] public class TodoController : ControllerBase { [HttpGet] public void All() { } [HttpGet(\"x\")] public void X() { } [HttpGet(\"{id}\")] public void One(int id) { } }", "/api/Todo /api/Todo/x")]
    [DataRow("[ApiController, Route(\"api/[controller]/[action]\")] public class Todo { [HttpGet] public Task ListAsync() => Task.CompletedTask; [HttpPost] public void Add() { } }", "/api/Todo/List")]
    [DataRow("[Route(\"api\")] public class C : ControllerBase { [HttpGet(\"/root\")] public void A() { } [Route(\"any\")] public void B() { } [HttpPost, Route(\"post\")] public void D() { } }", "/root /api/any")]
    [DataRow("public class C : ControllerBase { [HttpGet(\"a\")] public void A() { } [HttpGet] public void B() { } public void D() { } }", "/a")]
    [DataRow("[Route(\"api\")] public abstract class Parent : ControllerBase { } public class C : Parent { [HttpGet(\"a\")] public void A() { } }", "/api/a")]
    [DataRow("[Route(\"api\")] public class C { [HttpGet(\"a\")] public void A() { } }", "")]
    [DataRow("[Microsoft.AspNetCore.Components.Route(\"/counter\")] public class Counter : Microsoft.AspNetCore.Components.ComponentBase { }", "/counter")]
    [DataRow("[Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"Identifier\", \"/Pages/Index.cshtml\")] class A { } [Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"Identifier\", \"/Pages/Shop/Terms.cshtml\")] class B { }", "/ /Shop/Terms")]
    [DataRow("[Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"Identifier\", \"/Areas/Admin/Pages/Users/Index.cshtml\")] class A { } [Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"Identifier\", \"/Views/Home/Index.cshtml\")] class B { } [Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"Identifier\", \"/Pages/Shared/_Layout.cshtml\")] class C { }", "/Admin/Users")]
    [DataRow("[Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"Identifier\", \"/Pages/Item.cshtml\"), Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"RouteTemplate\", \"{id:int}\")] class A { } [Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"Identifier\", \"/Pages/B.cshtml\"), Microsoft.AspNetCore.Razor.Hosting.RazorCompiledItemMetadata(\"RouteTemplate\", \"/other\")] class B { }", "/other")]
    [DataRow("[Microsoft.AspNetCore.Components.Route(\"/{id}\")] public class Counter : Microsoft.AspNetCore.Components.ComponentBase { }", "")]
    public void Paths_of_controllers_and_components_are_found(string type, string expected) => Assert.AreEqual(
        expected, string.Join(' ', ModeSample.Scan("using Microsoft.AspNetCore.Mvc; " + type).Routes));
}
