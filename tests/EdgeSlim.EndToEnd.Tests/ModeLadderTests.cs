namespace EdgeSlim.Tests;

/// <summary>
/// What nothing in the application's own code shows, the trial does: a library that comes compiled makes code at run time, which Native AOT
/// cannot. The application as it is, without trimming and AOT, decides who is to blame.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed class ModeLadderTests
{
    private const string Library =
        """
        namespace Plain;

        public static class Twice
        {
            public static int Of(int number)
            {
                System.Reflection.Emit.DynamicMethod twice = new("twice", typeof(int), [typeof(int)]);
                System.Reflection.Emit.ILGenerator il = twice.GetILGenerator();
                il.Emit(System.Reflection.Emit.OpCodes.Ldarg_0);
                il.Emit(System.Reflection.Emit.OpCodes.Dup);
                il.Emit(System.Reflection.Emit.OpCodes.Add);
                il.Emit(System.Reflection.Emit.OpCodes.Ret);
                return (int)twice.Invoke(null, [number])!;
            }
        }
        """;

    [TestMethod]
    [Rotating(13)]
    public void Where_packaging_is_to_blame_the_next_mode_is_taken_and_an_image_that_has_none_is_not_delivered()
    {
        using AgentProject project = WithLibrary("Console.WriteLine($\"twice 21 is {Plain.Twice.Of(21)}\");");
        string output = project.EdgeImage("-p:EdgeTrialLog=^twice 21 is 42", "-p:EdgeTrialExit=true").Succeeds().Output;

        Assert.Contains("The image works differently from the app when it is published as aot: it ends with the unhandled exception System.PlatformNotSupportedException", output);
        Assert.Contains("EdgeSlim publishes it as trimmed instead.", output);
        Assert.Contains("mode       trimmed: as aot, it ends with the unhandled exception", output);
        Assert.MatchesRegex(@"mode       trimmed: .* \([0-9.]+ MB compressed\)\n", output);
        Assert.Contains("trial      ready in ", output);

        // The same again is not made again.
        Assert.Contains("is taken as it is", project.EdgeImage("-v:n", "-p:EdgeTrialLog=^twice 21 is 42", "-p:EdgeTrialExit=true").Succeeds().Output);

        // The stack trace is the application's own.
        string blocked = project.EdgeImage("-p:EdgeMode=aot").Output;
        Assert.Contains("error EDGE6017: ", blocked);
        Assert.Contains("error EDGE5039: ", blocked);
        Assert.Contains("Unhandled exception. System.PlatformNotSupportedException", blocked);
        Assert.DoesNotContain("signal 6", blocked);
    }

    [TestMethod]
    [Rotating(13)]
    public void Where_the_application_is_to_blame_the_image_is_delivered_as_not_proven()
    {
        using AgentProject project = new(code: """
            Store.Open();
            static class Store
            {
                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
                public static void Open() => throw new InvalidOperationException($"There is no database at {Environment.GetEnvironmentVariable("DATABASE")}.");
            }
            """);
        string output = project.EdgeImage().Succeeds().Output;

        Assert.Contains("warning EDGE6018: The app fails in the same way without trimming and AOT: it ends with the unhandled exception System.InvalidOperationException: There is no database at", output);
        Assert.Contains("  | Unhandled exception. System.InvalidOperationException", output);
        Assert.MatchesRegex(@"  \|    at Store\.Open\(\) \+ 0x[0-9a-f]+ in Program\.cs:line 5\n", output);
        Assert.Contains("trial      not proven: ", output);

        // A failure that was cleared once needs no reference again, also where the image is another.
        project.Write("Program.cs", "Console.WriteLine(\"starting\"); throw new InvalidOperationException(\"There is no database at .\");");
        string again = project.EdgeImage().Succeeds().Output;
        Assert.Contains("warning EDGE6018", again);
        Assert.DoesNotContain("The image is compared with", again);
        Assert.Contains("error EDGE6018: ", project.EdgeImage("-p:EdgeTrial=required").Output);
    }

    [TestMethod]
    [Rotating(12)]
    [DataRow("try { Native.Open(); } catch (DllNotFoundException e) { Console.Error.WriteLine(e); } static class Native { [System.Runtime.InteropServices.DllImport(\"nowhere\")] public static extern void Open(); }")]
    [DataRow("try { _ = new System.Globalization.CultureInfo(\"not-a-culture-of-anyone\"); } catch (System.Globalization.CultureNotFoundException e) { Console.Error.WriteLine(e); }")]
    [DataRow("try { throw new FileNotFoundException(\"settings\"); } catch (FileNotFoundException e) { Console.Error.WriteLine(\"Unable to load settings: \" + e); }")]
    public void An_exception_that_the_application_handles_is_no_failure(string code)
    {
        using AgentProject project = new(code: code, properties: "<EdgeStatic>true</EdgeStatic><NoWarn>$(NoWarn);EDGE2026;EDGE2024</NoWarn>");
        string output = project.EdgeImage().Succeeds().Output;

        Assert.Contains("mode       aot: no code needs a larger mode", output);
        Assert.Contains("trial      ready in ", output);
        Assert.DoesNotContain("The image is compared with", output);
    }

    // The control refuses the same: that is how the application is.
    [TestMethod]
    [Rotating(8)]
    [DataRow("app.MapGet(\"/orders\", () => Results.NotFound());", true)]
    [DataRow("app.MapGet(\"/me\", () => Results.Unauthorized());", true)]
    [DataRow("try { File.ReadAllText(\"/settings.json\"); } catch (FileNotFoundException e) { app.Logger.LogError(e, \"There are no settings.\"); }", false)]
    public void A_web_application_that_refuses_or_logs_what_it_handles_is_delivered_as_aot(string code, bool isCompared)
    {
        using AgentProject project = new(
            "Site", code: $"var app = WebApplication.CreateSlimBuilder(args).Build(); app.MapGet(\"/\", () => \"hello\"); {code} app.Run();", sdk: "Microsoft.NET.Sdk.Web");
        string output = project.EdgeImage().Succeeds().Output;

        Assert.Contains("mode       aot: no code needs a larger mode", output);
        Assert.Contains("trial      ready in ", output);
        Assert.AreEqual(isCompared, output.Contains("The image is compared with", StringComparison.Ordinal));
    }

    // The library is a file, as that of a package is, and so its code is not the application's own.
    private static AgentProject WithLibrary(string code)
    {
        AgentProject project = new(
            code: code,
            items: "<Reference Include=\"lib/Plain.dll\" /><Compile Remove=\"Plain/**\" />");
        project.Write("Plain/Plain.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        project.Write("Plain/Twice.cs", Library);
        project.DotnetIn(Path.Combine(project.Folder, "Plain"), "build", "-c", "Release", "-o", "../lib", "-tl:off").Succeeds();
        Directory.Delete(Path.Combine(project.Folder, "Plain"), recursive: true);
        return project;
    }
}
