using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace EdgeSlim.Tests;

/// <summary>Images are run under limits, by a real engine: an application that does well or not as its argument says.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TrialTests
{
    private const string Trial = "edgeslim-trial";

    private static readonly Lazy<AgentProject> Published = new(Publish);

    private static AgentProject Project => Published.Value;

    [ClassCleanup]
    public static void Clean()
    {
        if (Published.IsValueCreated)
        {
            Project.Dispose();
        }
    }

    [TestMethod]
    public void HelloAgent_does_its_work_and_ends()
    {
        Command.Require("podman", "podman");
        CommandResult result = PublishedAgent.Project.EdgeImage("-p:EdgeVerify=true", "-p:EdgeVerifyExit=true").Succeeds();

        Assert.MatchesRegex(@"trial      ready in [0-9.]+ ms, [0-9.]+ MB peak memory, [0-9.]+ ms of CPU \(podman, ", result.Output);
        Assert.IsEmpty(Left());
    }

    [TestMethod]
    public void A_server_is_ready_when_it_answers_and_ends_when_it_is_asked_to()
    {
        string[] arguments = ["-p:Does=serve", "-p:EdgeVerifyHttp=/healthz", "-p:EdgeTrial=required"];
        CommandResult first = Try(arguments).Succeeds();
        JsonElement trial = Facts().GetProperty("trial");

        // It says 503 for a while, and is not ready then.
        Assert.IsGreaterThan(100, trial.GetProperty("startupMilliseconds").GetDouble());
        Assert.IsLessThan(1_000, trial.GetProperty("stopMilliseconds").GetDouble());
        Assert.IsInRange(1_000_000, 60_000_000, trial.GetProperty("peakMemoryBytes").GetInt64());
        Assert.IsGreaterThan(0, trial.GetProperty("cpuMilliseconds").GetDouble());
        Assert.AreEqual(0, trial.GetProperty("exitCode").GetInt32());
        Assert.AreEqual(Facts().GetProperty("image").GetProperty("digest").GetString(), trial.GetProperty("digest").GetString());
        Assert.Contains("stopped in ", first.Output);
        Assert.AreEqual("0", Suite().Attribute("failures")!.Value);

        // The same again is not tried again; the target of its own does.
        string figures = trial.GetRawText();
        Assert.Contains("trial      ready in ", Try(arguments).Succeeds().Output);
        Assert.AreEqual(figures, Facts().GetProperty("trial").GetRawText());
        CommandResult again = Project.Dotnet(
            ["publish", "-t:EdgeVerify", "-tl:off", "--no-restore", "-p:Does=serve", "-p:EdgeVerifyLog=^serving"]).Succeeds();
        Assert.Contains("agent: ready in ", again.Output.ToLowerInvariant());
        Assert.IsEmpty(Left());
    }

    [TestMethod]
    [DataRow("eat", "EdgeMemoryLimit=64Mi", "EDGE6007", "The kernel killed the application")]
    [DataRow("ignore", "EdgeMaxStop=500ms", "EDGE6009", "did not end within 500 ms of SIGTERM")]
    [DataRow("crash", "EdgeMaxStop=1s", "EDGE6004", "Likely reason: it calls cryptography")]
    [DataRow("sleep", "EdgeVerifyPort=8080;EdgeVerifyTimeout=500ms", "EDGE6005", "port 8080 accepts connections (last seen: Connection refused)")]
    public void One_that_does_not_do_well_is_not_delivered(string does, string property, string code, string seen)
    {
        using TemporaryFolder folder = new();
        string archive = folder["image.tar"];
        CommandResult result = Try($"-p:Does={does}", $"-p:ContainerArchiveOutputPath={archive}", $"-p:{property}").FailsWith(code);

        Assert.Contains(seen, result.Output);
        Assert.Contains($"  | hello from nonroot: {does}", result.Output);
        Assert.AreEqual(code, Suite().Descendants("failure").Single().Attribute("type")!.Value);
        Assert.IsFalse(File.Exists(archive));
        Assert.IsEmpty(Left());

        // podman's monitor leaves a note of the kill where it was started.
        Assert.AreEqual("", Command.Run(Project.Folder, "git", "status", "--short").Succeeds().Output.Trim());
    }

    [TestMethod]
    public void Nothing_is_left_of_a_build_that_is_cancelled_or_killed()
    {
        Interrupt("INT");
        Assert.IsEmpty(Left());

        Interrupt("KILL");
        Assert.HasCount(2, Left());
        Try("-p:Does=sleep", "-p:EdgeVerifyLog=hello").Succeeds();
        Assert.IsEmpty(Left());
    }

    private static void Interrupt(string signal)
    {
        using Process run = Project.StartEdgeImage(
            out StringBuilder output, "--no-restore", "-p:EdgeVerify=true", "-p:Does=sleep", "-p:EdgeVerifyPort=8080");
        Assert.IsTrue(
            SpinWait.SpinUntil(() => Podman("ps", "--format", "{{.Names}}").Contains(Trial, StringComparison.Ordinal), TimeSpan.FromSeconds(60)),
            output.ToString());
        Command.Run("/", "kill", "-" + signal, run.Id.ToString(CultureInfo.InvariantCulture)).Succeeds();
        Assert.IsTrue(run.WaitForExit(TimeSpan.FromSeconds(30)), "It did not end.");
    }

    private static string[] Left() =>
    [
        .. (Podman("ps", "-a", "--format", "{{.Names}}") + Podman("images", "--format", "{{.Repository}}:{{.Tag}}"))
            .Split('\n')
            .Where(name => name.Contains(Trial, StringComparison.Ordinal)),
    ];

    private static string Podman(params string[] arguments) => Command.Run("/", "podman", arguments).Succeeds().Output;

    private static CommandResult Try(params string[] arguments) =>
        Project.EdgeImage(["--no-restore", "-p:EdgeVerify=true", .. arguments]);

    private static JsonElement Facts()
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Project.EdgeFolder, "facts.json")));
        return facts.RootElement.Clone();
    }

    private static XElement Suite() =>
        XDocument.Load(Path.Combine(Project.EdgeFolder, "trial.junit.xml")).Root!.Element("testsuite")!;

    private static AgentProject Publish()
    {
        Command.Require("podman", "podman");
        AgentProject project = new(
            properties: "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>",
            items: """
                <EdgeVerifyArgument Include="$(Does)" />
                <EdgeVerifyEnvironment Include="GREETING" Value="hello" />
                """,
            code: """
                using System.Net;
                using System.Runtime.InteropServices;

                string does = args[0];
                using ManualResetEventSlim stopped = new();
                using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
                {
                    context.Cancel = true;
                    if (does != "ignore") stopped.Set();
                });
                Console.WriteLine($"{Environment.GetEnvironmentVariable("GREETING")} from {Environment.UserName}: {does}");
                if (does == "crash")
                {
                    Console.Error.WriteLine("No usable version of libssl was found");
                    return 134;
                }

                for (int i = 0; does == "eat" && i < 200; i++)
                {
                    // Beside .NET's heap, which knows the limit.
                    unsafe { NativeMemory.Fill(NativeMemory.Alloc(1 << 20), 1 << 20, 1); }
                }

                if (does == "serve")
                {
                    long start = Environment.TickCount64;
                    System.Net.Sockets.TcpListener listener = new(IPAddress.Any, 8080);
                    listener.Start();
                    Console.WriteLine("serving");
                    new Thread(() =>
                    {
                        while (true)
                        {
                            using var client = listener.AcceptTcpClient();
                            _ = client.GetStream().Read(new byte[4096]);
                            string status = Environment.TickCount64 - start < 100 ? "503 Not Yet" : "200 OK";
                            client.GetStream().Write(System.Text.Encoding.ASCII.GetBytes(
                                $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                        }
                    }) { IsBackground = true }.Start();
                }

                stopped.Wait();
                return 0;
                """);
        project.Commit();
        project.EdgeImage().Succeeds();
        return project;
    }
}
