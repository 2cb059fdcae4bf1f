using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing.Modules;

namespace EdgeSlim.Tests.Publishing.Modules;

[TestClass]
public sealed class ModulesFileTests
{
    [TestMethod]
    public void Each_module_is_read_with_its_place()
    {
        IReadOnlyList<ModuleSwitch> read = Read("\uFEFF{\n  // of the site in Oslo\n  \"$schema\": \"x\",\n  \"modules\": {\n    \"monitor\": true,\n    \"log_collector\": false,\n  }\n}");

        Assert.AreEqual("monitor True 5:5, log_collector False 6:5", string.Join(", ", read.Select(m => $"{m.Name} {m.IsEnabled} {m.Location.Line}:{m.Location.Column}")));
    }

    [TestMethod]
    [DataRow("", 1, 1)]
    [DataRow("{", 1, 2)]
    [DataRow("[]", 1, 1)]
    [DataRow("{}", 1, 1)]
    [DataRow("{ \"modules\": [] }", 1, 14)]
    [DataRow("{ \"modules\": { \"a\": 1 } }", 1, 21)]
    [DataRow("{ \"modules\": { \"a\": \"true\" } }", 1, 21)]
    [DataRow("{ \"modules\": { \"a\": true } \n  \"b\": 1 }", 2, 3)]
    [DataRow("{ \"modules\": { \"a\": true,\n \"a\": false } }", 2, 2)]
    [DataRow("{ \"modules\": {},\n \"modules\": {} }", 2, 2)]
    [DataRow("{ \"module\": {} }", 1, 3)]
    [DataRow("{ \"modules\": {} } true", 1, 19)]
    [DataRow("{ \"modules\": { \"a\": tru } }", 1, 24)]
    public void What_is_malformed_is_said_with_its_place(string content, int line, int column)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Read(content));

        Assert.AreEqual(DiagnosticCodes.ModulesFileMalformed, e.Code);
        Assert.AreEqual(new SourceLocation("edge.modules.json", line, column), e.Location, e.Message);
        Assert.DoesNotContain("LineNumber", e.Message);
    }

    [TestMethod]
    public void Random_damage_is_an_error_and_never_a_crash()
    {
        Random random = new(7);
        byte[] sound = Encoding.UTF8.GetBytes("{ \"$schema\": \"s\", \"modules\": { \"monitor\": true, \"log_collector\": false } }");
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. sound];
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                ModulesFile.Read("x", damaged.AsSpan(0, random.Next(damaged.Length + 1)));
            }
            catch (EdgeException e)
            {
                Assert.AreEqual(DiagnosticCodes.ModulesFileMalformed, e.Code);
            }
        }
    }

    private static IReadOnlyList<ModuleSwitch> Read(string content) => ModulesFile.Read("edge.modules.json", Encoding.UTF8.GetBytes(content));
}
