using System.Diagnostics;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class TrialOwnerTests
{
    [TestMethod]
    public void This_process_lives_and_comes_back_from_its_name()
    {
        Assert.IsFalse(TrialOwner.Current.IsDead);
        Assert.AreEqual(TrialOwner.Current, TrialOwner.Parse($"{TrialOwner.Current}-7"));
    }

    [TestMethod]
    public void A_process_that_ended_is_dead()
    {
        Programs.Find("sleep");
        using Process process = Process.Start("sleep", "60");
        TrialOwner owner = TrialOwner.Current with
        {
            ProcessId = process.Id,
            StartTime = ProcessStatus.Read(process.Id)!.StartTime,
        };
        Assert.IsFalse(owner.IsDead);
        process.Kill();
        process.WaitForExit();
        Assert.IsTrue(owner.IsDead);
    }

    [TestMethod]
    public void Another_process_with_the_same_number_is_not_the_owner() =>
        Assert.IsTrue((TrialOwner.Current with { StartTime = "1" }).IsDead);

    [TestMethod]
    public void The_processes_of_an_earlier_boot_are_dead_and_of_other_machines_nothing_is_known()
    {
        Assert.IsTrue((TrialOwner.Current with { Boot = "00000000" }).IsDead);
        Assert.IsFalse((TrialOwner.Current with { Machine = "00000000", StartTime = "1" }).IsDead);
    }

    // Two containers may share a name and an engine, and have processes of the same ids.
    [TestMethod]
    public void The_processes_of_another_namespace_are_not_known()
    {
        TrialOwner other = TrialOwner.Current with { Namespace = "1", StartTime = "1" };
        Assert.IsFalse(other.IsDead);
        Assert.IsTrue((other with { Boot = "00000000" }).IsDead);
        Assert.AreEqual(other, TrialOwner.Parse($"{other}"));
    }

    [TestMethod]
    [DataRow("0123abcd-0123abcd-77-1")]
    [DataRow("")]
    [DataRow("mine")]
    [DataRow("0123abcd-0123abcd-1-99999999999-1")]
    [DataRow("0123abcd-0123abcd-1-1-")]
    public void What_others_named_is_of_no_owner(string name) => Assert.IsNull(TrialOwner.Parse(name));

    [TestMethod]
    public void A_name_with_brackets_does_not_confuse() => Assert.AreEqual(
        new ProcessStatus("a) R (b", true, "4711"),
        ProcessStatus.Parse("12 (a) R (b) Z 1 12 12 0 -1 4 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0\n"));
}
