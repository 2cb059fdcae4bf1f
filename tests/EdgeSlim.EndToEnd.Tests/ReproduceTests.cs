using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>
/// Builds a commit twice, and says where the images differ. HelloAgentTests has one that is reproduced, and SourceTests of the
/// stages have those that cannot be.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ReproduceTests
{
    private const string Target =
        """
        <Target Name="Stamp" BeforeTargets="CoreCompile" Condition="'$(Stamped)' == 'true'">
          <WriteLinesToFile File="$(IntermediateOutputPath)Stamp.cs" Overwrite="true"
                            Lines="static class Stamp { public const string Time = &quot;built at $([System.DateTime]::UtcNow.Ticks)&quot;%3B }" />
          <ItemGroup><Compile Include="$(IntermediateOutputPath)Stamp.cs" /></ItemGroup>
        </Target>
        """;

    [TestMethod]
    public void A_build_that_embeds_its_time_is_found_out() =>
        IsFoundOut(RuntimeBase.Options, @"is /app/Agent\.dll: .+", isCancelled: false);

    [TestMethod]
    [Rotating(7)]
    public void A_native_build_that_embeds_its_time_is_found_out() =>
        IsFoundOut([], @"is /app/Agent: the ELF section \.(rodata|data|text|__managed\w*|\w+)[ (]", isCancelled: true);

    private static void IsFoundOut(string[] options, string difference, bool isCancelled)
    {
        using AgentProject project = new AgentProject("Agent", "<EdgeScan>off</EdgeScan>", code: """
            #if STAMPED
            Console.WriteLine(Stamp.Time);
            #else
            Console.WriteLine("ready");
            #endif
            """).WithoutServers();
        string file = Path.Combine(project.Folder, "Agent.csproj");
        File.WriteAllText(file, File.ReadAllText(file)
            .Replace("</Project>", Target + "<PropertyGroup Condition=\"'$(Stamped)' == 'true'\"><DefineConstants>$(DefineConstants);STAMPED</DefineConstants></PropertyGroup></Project>", StringComparison.Ordinal));
        string temporary = project.Folder + "-temporary";
        Directory.CreateDirectory(temporary);
        try
        {
            project.Environment["TMPDIR"] = temporary;

            project.Commit();

            if (isCancelled)
            {
                Cancel(project, options, temporary);
            }

            string found = Publish(project, [.. options, "-p:Stamped=true"]).FailsWith("EDGE5044").Output;
            Assert.MatchesRegex("error EDGE5044: .* " + difference, found);
            Assert.IsEmpty(Directory.GetDirectories(temporary, "edgeslim-reproduce-*"));
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    // Ctrl+C while the second build is under way: nothing is left of it.
    private static void Cancel(AgentProject project, string[] options, string temporary)
    {
        using (Process run = Start(project, options, out StringBuilder output))
        {
            Assert.IsTrue(
                Wait.Until(() => Directory.GetDirectories(temporary, "edgeslim-reproduce-*").Any(d => Directory.Exists(Path.Combine(d, "source/obj")))),
                output.ToString());
            Command.Run("/", "kill", "-INT", run.Id.ToString(CultureInfo.InvariantCulture)).Succeeds();
            Assert.IsTrue(run.WaitForExit(TimeSpan.FromMinutes(1)), "It did not end.");
        }

        Assert.IsEmpty(Directory.GetDirectories(temporary, "edgeslim-reproduce-*"));
    }

    private static CommandResult Publish(AgentProject project, params string[] arguments) =>
        project.Dotnet(["publish", "-t:EdgeReproduce", "-tl:off", .. arguments]);

    private static Process Start(AgentProject project, string[] options, out StringBuilder output) => Command.Start(
        project.Folder,
        project.Environment,
        "env",
        ["--default-signal=INT", "dotnet", "publish", "-t:EdgeReproduce", "-tl:off", .. options],
        out output);
}
