namespace EdgeSlim.Tests;

/// <summary>
/// Native AOT for musl, up to the linker's command line: with the AOT compiler's own targets, and a C program in the
/// place of .NET's objects, which there are none of for musl without its runtime pack.
/// </summary>
[TestClass]
public sealed class MuslTests
{
    private const string Show =
        """
        <Target Name="Show" DependsOnTargets="SetupOSSpecificProps">
          <WriteLinesToFile File="link.txt" Overwrite="true" Lines="$(CppLinker);@(LinkerArg)" />
        </Target>
        """;

    // SetupOSSpecificProps would look for the runtime pack first.
    private const string WithoutPacks = "-p:IlcDynamicBuildPropertyDependencies=";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("linux-musl-x64")]
    [DataRow("linux-musl-arm64")]
    public void On_Alpine_the_image_is_for_musl(string host)
    {
        using EvaluatedProject project = new();
        IReadOnlyDictionary<string, string> seen = project.Properties(
            [EvaluatedProject.Publishing, $"-p:NETCoreSdkPortableRuntimeIdentifier={host}"], "RuntimeIdentifier", "StaticExecutable", "PublishAot");

        Assert.AreEqual(host, seen["RuntimeIdentifier"]);
        Assert.AreEqual("true", seen["StaticExecutable"]);
        Assert.AreEqual("true", seen["PublishAot"]);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("true", "-static-pie")]
    [DataRow("false", "-pie")]
    public async Task What_is_linked_for_musl_on_another_C_library_has_nothing_of_that(string isStatic, string kind)
    {
        Command.Require("clang", "clang");
        Command.Require("ld.lld", "lld");
        Command.Require("musl-gcc", "musl-tools");
        using EvaluatedProject project = new(body: Show);
        project.Build("Restore", EvaluatedProject.Publishing).Succeeds();
        project.Build(
            "Show", EvaluatedProject.Publishing, "-p:RuntimeIdentifier=linux-musl-x64", WithoutPacks, $"-p:StaticExecutable={isStatic}").Succeeds();

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(project.Folder, "link.txt"), TestContext.CancellationToken);
        string[] options = [.. lines[1..].Where(l => l.StartsWith('-')).SelectMany(l => l.Split(' '))];
        Assert.AreEqual("clang", lines[0]);
        Assert.Contains("--target=x86_64-linux-musl", options);
        Assert.Contains(kind, options);

        project.Write(
            "main.c",
            """
            #include <math.h>
            #include <pthread.h>
            #include <stdio.h>
            static void *half(void *number) { *(double *)number = sqrt(*(double *)number); return number; }
            int main(void)
            {
                double number = 4;
                pthread_t thread;
                pthread_create(&thread, 0, half, &number);
                pthread_join(thread, 0);
            #ifdef __GLIBC__
                return 1;
            #endif
                return printf("%.0f\n", number) < 0;
            }
            """);
        Command.Run(
            project.Folder, "clang", "--target=x86_64-linux-musl", "-nostdinc", "-isystem", "/usr/include/x86_64-linux-musl", "-fPIE", "-c", "main.c").Succeeds();
        Command.Run(project.Folder, lines[0], ["main.o", "-o", "main", .. options]).Succeeds();
        Assert.AreEqual("2", Command.Run(project.Folder, Path.Combine(project.Folder, "main")).Succeeds().Output.Trim());
        string headers = Command.Run(project.Folder, "readelf", "-lW", "main").Succeeds().Output;
        Assert.AreEqual(isStatic == "false", headers.Contains("/lib/ld-musl-x86_64.so.1", StringComparison.Ordinal), headers);
        Assert.DoesNotContain("ld-linux", headers);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public void Without_musl_for_the_processor_nothing_is_compiled()
    {
        Command.Require("clang", "clang");
        if (File.Exists("/usr/lib/aarch64-linux-musl/libc.a"))
        {
            Assert.Inconclusive("This machine has musl for arm64.");
        }

        using EvaluatedProject project = new(body: Show);
        project.Build("Restore", EvaluatedProject.Publishing).Succeeds();
        project.Build("Show", EvaluatedProject.Publishing, "-p:RuntimeIdentifier=linux-musl-arm64", "-p:EdgeMode=aot", WithoutPacks).FailsWith("EDGE1016");
    }
}
