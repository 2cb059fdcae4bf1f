using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Tests.Trials.Stress;

[TestClass]
public sealed class StressReaderTests
{
    [TestMethod]
    public void What_is_not_said_is_what_the_image_and_the_trial_say()
    {
        ContainerConfig image = new() { ExposedPorts = new Dictionary<string, EmptyObject> { ["5000/tcp"] = new() } };
        Assert.AreEqual(new StressLoad(5000, "/", 50), StressReader.Load("", "", "50", image));
        Assert.AreEqual(new StressLoad(8080, "/", 0.5), StressReader.Load("", "", "0.5", null));
        Assert.AreEqual(new StressLoad(81, "/a?b", 2), StressReader.Load("/a?b", "81", "2", image));
        Assert.AreEqual("2.5 requests per second (GET /a on port 81)", StressReader.Load("/a", "81", "2.5", null).ToString());
    }

    [TestMethod]
    [DataRow("readings", "", "50", "EdgeStressPath")]
    [DataRow("", "http", "50", "EdgeStressPort")]
    [DataRow("", "0", "50", "EdgeStressPort")]
    [DataRow("", "", "0", "EdgeStressRate")]
    [DataRow("", "", "-1", "EdgeStressRate")]
    [DataRow("", "", "1e9", "EdgeStressRate")]
    [DataRow("", "", "NaN", "EdgeStressRate")]
    [DataRow("", "", "", "EdgeStressRate")]
    public void A_load_that_cannot_be_read_is_named(string path, string port, string rate, string property)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => StressReader.Load(path, port, rate, null));
        Assert.AreEqual(DiagnosticCodes.InvalidQuantity, e.Code);
        Assert.Contains(property, e.Message);
    }

    [TestMethod]
    public void No_more_is_promised_than_the_limits()
    {
        TrialProfile profile = new() { MilliCpus = 200, MemoryBytes = 128 << 20 };
        TrialProfile large = StressReader.WithRequests(profile, 250, 256 << 20);
        Assert.AreEqual(200, large.RequestedMilliCpus);
        Assert.AreEqual(128 << 20, large.RequestedMemoryBytes);
        TrialProfile small = StressReader.WithRequests(profile, 100, 64 << 20);
        Assert.AreEqual(100, small.RequestedMilliCpus);
        Assert.AreEqual(64 << 20, small.RequestedMemoryBytes);
        Assert.IsNull(StressReader.WithRequests(profile, null, null).RequestedMemoryBytes);
    }

    [TestMethod]
    public void Noise_is_named()
    {
        Assert.AreSequenceEqual([StressNoise.Cpu, StressNoise.Io], StressReader.Noise("cpu, IO;cpu"));
        Assert.IsEmpty(StressReader.Noise("none"));
        Assert.IsEmpty(StressReader.Noise(""));
        Assert.Contains("some of cpu, memory and io", Assert.ThrowsExactly<EdgeException>(() => StressReader.Noise("disk")).Message);
    }

    [TestMethod]
    public void The_body_is_a_file_of_the_project()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("load/body.json", "[]");
        Assert.AreEqual(file, StressReader.BodyFile("load/body.json", folder.Path));
        Assert.IsNull(StressReader.BodyFile("", folder.Path));
        Assert.ThrowsExactly<EdgeException>(() => StressReader.BodyFile("gone.json", folder.Path));
    }

    [TestMethod]
    [DataRow("1%", 0.01)]
    [DataRow("0.5 %", 0.005)]
    [DataRow("0", 0.0)]
    [DataRow("1", 1.0)]
    [DataRow("0.25", 0.25)]
    public void Shares_are_read(string value, double share) => Assert.AreEqual(share, Quantity.Share("X", value));

    [TestMethod]
    [DataRow("")]
    [DataRow("%")]
    [DataRow("101%")]
    [DataRow("2")]
    [DataRow("-1%")]
    [DataRow("few")]
    public void Other_shares_are_not(string value) => Assert.AreEqual(
        DiagnosticCodes.InvalidQuantity, Assert.ThrowsExactly<EdgeException>(() => Quantity.Share("X", value)).Code);
}
