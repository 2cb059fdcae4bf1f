using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class ObservationMemoryTests
{
    [TestMethod]
    public void A_file_is_looked_at_once_until_it_changes()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("agent.o", "one");
        ObservationMemory memory = new();
        int looks = 0;
        string Look() => memory.Of("symbols", file, () => $"{++looks} {File.ReadAllText(file)}");

        Assert.AreEqual("1 one", Look());
        Assert.AreEqual("1 one", Look());
        Assert.AreEqual("mstat", memory.Of("mstat", file, () => "mstat"));
        folder.Write("agent.o", "other");
        Assert.AreEqual("2 other", Look());
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_looked_for_each_time()
    {
        ObservationMemory memory = new();
        int looks = 0;
        memory.Of("symbols", "/gone", () => ++looks);
        Assert.AreEqual(2, memory.Of("symbols", "/gone", () => ++looks));
    }
}
