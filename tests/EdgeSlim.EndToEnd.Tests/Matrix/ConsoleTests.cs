namespace EdgeSlim.Tests;

/// <summary>What a console application touches works in its image, or the image is refused with the need named.</summary>
[TestClass]
public sealed class ConsoleTests
{
    [TestMethod]
    public void Users_temporary_files_time_zones_names_of_hosts_and_child_processes_work_on_scratch()
    {
        using DnsServer resolver = new();
        using TemporaryFolder files = new();
        string configuration = files.Write("resolv.conf", DnsServer.Configuration);
        using AgentProject project = new(
            "Device",
            code: """
                using System.Diagnostics;
                using System.Net;
                using System.Net.Sockets;

                if (args is ["child"])
                {
                    Console.WriteLine("spoke");
                    return;
                }

                Console.WriteLine($"user: {Environment.UserName}");
                string file = Path.GetTempFileName();
                File.WriteAllText(file, "kept");
                Console.WriteLine($"file: {File.ReadAllText(file)}");
                File.Delete(file);
                TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
                Console.WriteLine($"zone: {zone.GetUtcOffset(new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc))}");
                Console.WriteLine($"address: {Dns.GetHostAddresses(args[0])[0]}");
                try
                {
                    Dns.GetHostAddresses("nobody." + args[0]);
                }
                catch (SocketException e)
                {
                    Console.WriteLine($"nobody: {e.SocketErrorCode}");
                }

                ProcessStartInfo start = new(Environment.ProcessPath!, "child") { RedirectStandardOutput = true };
                using Process child = Process.Start(start)!;
                Console.WriteLine($"child: {child.StandardOutput.ReadToEnd().Trim()}");
                """);
        using DeliveredImage image = DeliveredImage.Of(project, project.Commit());

        string output = image.Run(["-v", $"{configuration}:/etc/resolv.conf:ro"], DnsServer.Name);
        Assert.Contains("user: nonroot", output);
        Assert.Contains("file: kept", output);
        Assert.Contains("zone: 02:00:00", output);
        Assert.Contains($"address: {DnsServer.Answer}", output);
        Assert.Contains("nobody: HostNotFound", output);
        Assert.Contains("child: spoke", output);
    }

    [TestMethod]
    public void SQLite_and_a_shell_are_sliced_and_refused_where_nothing_may_be()
    {
        using AgentProject project = new(
            "Log",
            items: "<PackageReference Include=\"Microsoft.Data.Sqlite\" Version=\"10.0.15\" />",
            code: """
                using System.Diagnostics;
                using Microsoft.Data.Sqlite;

                using SqliteConnection connection = new("Data Source=:memory:");
                connection.Open();
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "select sqlite_version()";
                Console.WriteLine($"SQLite {command.ExecuteScalar()}");
                Process.Start("/bin/sh", ["-c", "echo from the shell"]).WaitForExit();
                """);
        string commit = project.Commit();
        CommandResult result = project.EdgeImage("-p:EdgeBase=scratch");

        Assert.AreNotEqual(0, result.ExitCode, result.Output);
        Assert.Contains("error EDGE2021: The application needs shell", result.Output);
        Assert.Contains("Process.Start and names /bin/sh", result.Output);
        Assert.Contains("error EDGE2026: The application opens the library 'e_sqlite3'", result.Output);
        Assert.IsFalse(Directory.Exists(project.Layout));

        using DeliveredImage image = DeliveredImage.On("sliced", project, commit);
        string output = image.Run([]);
        Assert.Contains("SQLite 3.", output);
        Assert.Contains("from the shell", output);
    }
}
