using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Settings;
using Microsoft.Extensions.Configuration;

namespace EdgeSlim.Tests.Settings;

[TestClass]
public sealed class SettingsFileTests
{
    [TestMethod]
    public void Each_setting_is_read_with_its_place()
    {
        IReadOnlyCollection<Setting> read = Read("\uFEFF{\n  // seconds\n  \"Interval\": 30,\n  \"Server\": { \"Port\": 8081, \"Hosts\": [\"a\", \"b\"], },\n}");

        Assert.AreEqual(
            "Interval 3:3, Server:Port 4:15, Server:Hosts:0 4:39, Server:Hosts:1 4:44",
            string.Join(", ", read.Select(s => $"{s.Path} {s.Location.Line}:{s.Location.Column}")));
    }

    [TestMethod]
    [DataRow("", 1, 1)]
    [DataRow("[]", 1, 1)]
    [DataRow("7", 1, 1)]
    [DataRow("{\n  \"a\": 1,\n  \"A\": 2\n}", 3, 3)]
    [DataRow("{ \"a\": { \"b\": 1 }, \"a:B\": 2 }", 1, 20)]
    [DataRow("{ \"a\": tru }", 1, 11)]
    [DataRow("{ \"a\": 1", 1, 9)]
    [DataRow("{ } {", 1, 5)]
    public void What_the_application_could_not_read_is_said_with_its_place(string content, int line, int column)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Read(content));

        Assert.AreEqual(DiagnosticCodes.SettingsMalformed, e.Code);
        Assert.AreEqual(new SourceLocation("x.json", line, column), e.Location, e.Message);
        Assert.DoesNotContain("LineNumber", e.Message);
        Assert.ThrowsExactly<InvalidDataException>(() => DotnetReads(content));
    }

    [TestMethod]
    public void Of_random_damage_it_thinks_as_dotnet_does()
    {
        byte[] sound = Encoding.UTF8.GetBytes("{ \"Interval\": 30, \"Server\": { \"Port\": 8081, \"Hosts\": [\"a\", null, true] }, /* x */ \"b:c\": {} }");
        int good = 0;
        int[] cases = [.. Campaign.Cases(all: 3000, some: 1000)];
        foreach (int i in cases)
        {
            Random random = new(i);
            byte[] damaged = [.. sound];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(32, 127);
            string content = Encoding.UTF8.GetString(damaged);
            string? failure = null;
            try
            {
                Read(content);
                good++;
            }
            catch (EdgeException e)
            {
                failure = e.Code;
            }

            try
            {
                DotnetReads(content);
                Assert.IsNull(failure, content);
            }
            catch (InvalidDataException)
            {
                Assert.AreEqual(DiagnosticCodes.SettingsMalformed, failure, content);
            }
        }

        Assert.IsInRange(cases.Length / 10, cases.Length * 9 / 10, good);
    }

    [TestMethod]
    [DataRow("""{ "Mqtt": { "Password": "x" } }""", "Mqtt:Password", "Mqtt__Password")]
    [DataRow("""{ "ApiKey": "x" }""", "ApiKey", "ApiKey")]
    [DataRow("""{ "Auth:Token": "x" }""", "Auth:Token", "Auth__Token")]
    public void A_setting_with_the_name_of_a_secret_looks_like_one(string content, string path, string variable)
    {
        Setting setting = Read(content).Single();

        Assert.IsTrue(setting.LooksSecret);
        Assert.AreEqual((path, variable), (setting.Path, setting.EnvironmentVariable));
    }

    [TestMethod]
    [DataRow("""{ "Password": "" }""")]
    [DataRow("""{ "Password": null }""")]
    [DataRow("""{ "PasswordFile": "/run/secrets/x" }""")]
    [DataRow("""{ "TokenLifetime": "60" }""")]
    [DataRow("""{ "RequireSecret": true }""")]
    public void Others_do_not(string content) => Assert.IsFalse(Read(content).Single().LooksSecret);

    private static IReadOnlyCollection<Setting> Read(string content) => SettingsFile.Read("x.json", Encoding.UTF8.GetBytes(content));

    // Files and not streams, whose failures come as they are.
    private static void DotnetReads(string content)
    {
        using TemporaryFolder folder = new();
        new ConfigurationBuilder().AddJsonFile(folder.Write("x.json", content)).Build();
    }
}
