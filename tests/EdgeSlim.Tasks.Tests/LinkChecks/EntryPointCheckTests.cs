using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using static EdgeSlim.Tests.LinkChecks.SampleImage;

namespace EdgeSlim.Tests.LinkChecks;

[TestClass]
public sealed class EntryPointCheckTests
{
    private const string Code = DiagnosticCodes.NotStartable;

    [TestMethod]
    [DataRow("/app/agent", "/")]
    [DataRow("/bin/agent", "/")]
    [DataRow("agent", "/")]
    [DataRow("./agent", "/app")]
    [DataRow("../../app/./agent", "/bin")]
    public void A_program_is_found_by_path_by_link_and_in_PATH(string name, string workingDirectory)
    {
        SampleImage image = Static().Link("/bin", "usr/bin").Link("/usr/bin/agent", "../../app/agent");
        image.Config = new ContainerConfig { Entrypoint = [name], WorkingDir = workingDirectory };
        image.Passes();
        image.Config = new ContainerConfig { Cmd = [name], WorkingDir = workingDirectory };
        image.Passes();
    }

    [TestMethod]
    public void PATH_of_the_image_counts()
    {
        SampleImage image = Static();
        image.Config = new ContainerConfig { Entrypoint = ["agent"] };
        Assert.Contains("'agent' is not in the image", image.Fails(Code));
        image.Config = image.Config with { Env = ["PATH=/bin:/app"] };
        image.Passes();
    }

    [TestMethod]
    public void What_is_not_there_or_cannot_be_started_is_refused()
    {
        Assert.Contains("'/app/agent' is not in the image", new SampleImage().Fails(Code));
        Assert.Contains("'/app/agent' is no file", new SampleImage().Folder("/app/agent", 0b111_101_101).Fails(Code));
        Assert.Contains("neither a program nor a script", new SampleImage().Text("/app/agent", mode: 0b111_101_101).Fails(Code));
        Assert.Contains("is not in the image", new SampleImage().Link("/app/agent", "agent").Fails(Code));
        SampleImage none = Static();
        none.Config = new ContainerConfig();
        Assert.Contains("neither an entry point nor a command", none.Fails(Code));
    }

    [TestMethod]
    [DataRow("0", 0b001_000_000, true)]
    [DataRow("", 0b000_000_001, true)]
    [DataRow("0", 0b110_110_110, false)]
    [DataRow("65532", 0b000_000_001, true)]
    [DataRow("65532", 0b111_111_110, false)]
    [DataRow("1000", 0b001_000_000, true)]
    [DataRow("1000", 0b110_111_111, false)]
    [DataRow("agent", 0b001_000_000, true)]
    [DataRow("5:2000", 0b000_001_000, true)]
    [DataRow("5:staff", 0b000_001_000, true)]
    [DataRow("helper", 0b000_001_000, true)]
    [DataRow("helper:5", 0b000_001_000, false)]
    public void The_user_of_the_image_needs_the_right_to_execute(string user, int mode, bool mayExecute)
    {
        SampleImage image = Static()
            .With("/app/agent", e => e with { Mode = mode, UserId = 1000, GroupId = 2000 })
            .Text("/etc/passwd", "root:x:0:0::/:\nagent:x:1000:1000::/:\nhelper:x:7:7::/:\n")
            .Text("/etc/group", "staff:x:2000:somebody,helper\n");
        image.Config = image.Config with { User = user };
        if (mayExecute)
        {
            image.Passes();
        }
        else
        {
            Assert.Contains("may not be executed by the user", image.Fails(Code));
        }
    }

    [TestMethod]
    public void The_user_needs_the_right_to_enter_the_folders()
    {
        SampleImage image = Static().Folder("/app", 0b111_000_000, userId: 1000);
        Assert.Contains("is in '/app', which the user '65532' may not enter (mode 0700)", image.Fails(Code));
        image.Config = image.Config with { User = "1000" };
        image.Passes();
    }

    [TestMethod]
    [DataRow("somebody")]
    [DataRow("65532:somebody")]
    public void A_user_that_is_not_known_is_refused(string user)
    {
        SampleImage image = Static();
        image.Config = image.Config with { User = user };
        Assert.Contains($"its user '{user}' stands neither in /etc/passwd nor in /etc/group", image.Fails(Code));
    }

    [TestMethod]
    public void A_program_that_another_one_is_told_to_start_counts_as_started()
    {
        SampleImage image = Static().Program("/usr/bin/tini", [], interpreter: null, layer: BaseLayer);
        image.Config = image.Config with { Entrypoint = ["/usr/bin/tini", "--"], Cmd = ["/app/agent", "/no/program"] };
        image.Passes();
        image.Program("/app/agent", ["libgone.so"]).Fails(DiagnosticCodes.BaseCannotRun);
    }

    [TestMethod]
    [DataRow("/bin/sh", "/bin/sh")]
    [DataRow("/bin/sh -e", "/bin/sh")]
    [DataRow("/usr/bin/env python3", "/usr/bin/env")]
    [DataRow("", "")]
    [DataRow("/bin/sh\r", "/bin/sh\\r")]
    public void A_script_needs_its_interpreter(string line, string named)
    {
        string text = new SampleImage().Script("/app/agent", line).Fails(DiagnosticCodes.ScriptInterpreterMissing);
        Assert.Contains($"is a script for '{named}', which is not in the image", text);
        WithGlibc().Script("/app/run.sh", line).Warns(DiagnosticCodes.ScriptInterpreterMissing);
    }

    [TestMethod]
    [DataRow("/usr/bin/env python3")]
    [DataRow("/usr/bin/env -S A=1 python3 -u")]
    public void A_script_for_env_needs_the_program_that_env_finds(string line)
    {
        SampleImage image = new SampleImage().Script("/app/agent", line).Program("/usr/bin/env", [], interpreter: null, layer: BaseLayer);
        Assert.Contains("is a script for 'python3'", image.Fails(DiagnosticCodes.ScriptInterpreterMissing));
        image.Program("/usr/bin/python3", [], interpreter: null, layer: BaseLayer).Passes();
    }

    [TestMethod]
    public void The_interpreter_of_a_script_needs_its_libraries()
    {
        SampleImage image = WithGlibc().Script("/app/agent", "/bin/sh").Program("/bin/sh", ["libgone.so"], layer: BaseLayer);
        Assert.Contains("/bin/sh", image.Fails(DiagnosticCodes.LibraryMissing));
    }

    [TestMethod]
    public void Scripts_of_the_base_image_and_those_that_cannot_be_started_are_let_pass() => Static()
        .Script("/usr/bin/ldd", "/bin/bash", layer: BaseLayer)
        .Script("/app/sample.sh", "/bin/bash", mode: 0b110_100_100)
        .Passes();

    private static SampleImage Static() => new SampleImage().Program("/app/agent", [], interpreter: null);
}
