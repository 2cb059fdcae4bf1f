namespace EdgeSlim.Tests;

/// <summary>
/// What a test needs that the fast run does without: the categories that <c>./test --fast</c> leaves out. In that run
/// EDGESLIM_TEST_FAST is 1, and a test that needs what it is not marked with fails.
/// </summary>
internal static class TestKinds
{
    /// <summary>A container engine or runtime, or a program that looks into images.</summary>
    public const string Container = "Container";

    /// <summary>A real registry.</summary>
    public const string Registry = "Registry";

    /// <summary>A native compiler or linker, or a build by <c>dotnet</c>.</summary>
    public const string Compiler = "Compiler";

    /// <summary>More than two seconds.</summary>
    public const string Long = "Long";

    /// <summary>The machine for itself: it measures.</summary>
    public const string Measure = "Measure";

    private static readonly bool IsFastRun = Environment.GetEnvironmentVariable("EDGESLIM_TEST_FAST") == "1";

    /// <summary>Fails a test of the fast run that is about to start a program of a kind that it should be marked with.</summary>
    /// <param name="program">The program's name or path.</param>
    public static void Check(string program)
    {
        if (IsFastRun && KindOf(Path.GetFileName(program)) is string kind)
        {
            Assert.Fail($"The fast run does without {program}: the test needs [TestCategory(TestKinds.{kind})].");
        }
    }

    private static string? KindOf(string program) => program switch
    {
        "podman" or "runc" or "crun" or "runsc" or "plain" or "containerd" or "ctr" or "skopeo" or "umoci" or "bpftrace" or "strace" => Container,
        "docker-registry" or "etcd" => Registry,
        "gcc" or "g++" or "clang" or "ld.lld" or "musl-gcc" or "cmake" or "dotnet" => Compiler,
        "trivy" or "chromium" => Long,
        _ when program.EndsWith("-gcc", StringComparison.Ordinal) => Compiler,
        _ when program.StartsWith("trivy-", StringComparison.Ordinal) => Long,
        _ => null,
    };
}
