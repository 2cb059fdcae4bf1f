namespace EdgeSlim.Tests;

/// <summary>What a console application touches works in its image, or the image is refused with the need named.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed class ConsoleTests
{
    [TestMethod]
    public void Users_temporary_files_time_zones_names_of_hosts_and_child_processes_work_on_scratch()
    {
        using DnsServer resolver = new();
        using TemporaryFolder files = new();
        string configuration = files.Write("resolv.conf", DnsServer.Configuration);
        using PublishedProject project = new(Apps.Probe);
        using DeliveredImage image = DeliveredImage.Of(project, project.Commit());

        string output = image.Run(["-v", $"{configuration}:/etc/resolv.conf:ro"], "device", DnsServer.Name);
        Assert.Contains("user: nonroot", output);
        Assert.Contains("file: kept", output);
        Assert.Contains("zone: 02:00:00", output);
        Assert.Contains($"address: {DnsServer.Answer}", output);
        Assert.Contains("nobody: HostNotFound", output);
        Assert.Contains("child: spoke", output);
    }

    [TestMethod]
    public void Time_zones_come_from_the_build_machine()
    {
        using PublishedProject project = new(Apps.Probe);
        using (DeliveredImage image = DeliveredImage.Of(project, project.Commit(), "-p:EdgeTimeZones=Europe/Paris"))
        {
            Assert.Contains("tzdata certain", Needs.Of(project, "needs").Split(", "));
            Assert.Contains("Paris is 01:00:00 ahead", Podman.Run(image.Reference, "zone").Succeeds().Output);
        }

        project.EdgeImage("-p:EdgeTimeZones=Europe/Atlantis").FailsWith("EDGE2041");

        // All of them, with the names that are links.
        project.EdgeImage().Succeeds();
        Assert.Contains("\"path\": \"usr/share/zoneinfo/Europe/Paris\"", File.ReadAllText(
            Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/edge/plan.json")));
    }

    [TestMethod]
    public void SQLite_and_a_shell_are_sliced_and_refused_where_nothing_may_be()
    {
        using (PublishedProject project = new(Apps.DatabaseForScratch))
        {
            project.Commit();
            CommandResult result = project.EdgeImage();
            Assert.AreNotEqual(0, result.ExitCode, result.Output);
            Assert.Contains("error EDGE2021: The application needs shell", result.Output);
            Assert.Contains("Process.Start and names /bin/sh", result.Output);
            Assert.Contains("error EDGE2026: The application opens the library 'e_sqlite3'", result.Output);
            Assert.IsFalse(Directory.Exists(project.Layout));
        }

        using PublishedProject sliced = new(Apps.Database);
        using DeliveredImage image = DeliveredImage.On("sliced", sliced, sliced.Commit());
        string output = image.Run([], "all");
        Assert.Contains("SQLite 3.", output);
        Assert.Contains("from the shell", output);
    }
}
