using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class StaticShellTests
{
    private static Platform Here => Platform.FromRuntimeIdentifier("linux-x64")!;

    [TestMethod]
    public async Task Busybox_names_what_it_can_do()
    {
        StaticShell shell = await StaticShell.ReadAsync(Programs.Find("busybox"), Here, CancellationToken.None);

        Assert.Contains("sh", shell.Applets);
        Assert.Contains("ls", shell.Applets);
        Assert.DoesNotContain("busybox", shell.Applets);
        CollectionAssert.AreEqual(shell.Applets.Order(StringComparer.Ordinal).ToArray(), shell.Applets.ToArray());
    }

    [TestMethod]
    public async Task A_machine_without_it_is_told_so() =>
        Assert.Contains("there is no 'busybox' on PATH", await RefusalAsync(null, Here));

    [TestMethod]
    public async Task A_program_for_another_processor_is_refused() => Assert.Contains(
        "is for X64, and the image for linux/arm64",
        await RefusalAsync(Programs.Find("busybox"), Platform.FromRuntimeIdentifier("linux-arm64")!));

    [TestMethod]
    public async Task A_program_that_needs_libraries_is_refused() =>
        Assert.Contains("is not statically linked", await RefusalAsync(Programs.Find("ls"), Here));

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task A_program_that_is_something_else_is_refused()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("is not statically linked", await RefusalAsync(folder.WriteProgram("busybox", "#!/bin/sh\n"), Here));
        string program = await Programs.CompileAsync(folder, "silent", "-static");
        Assert.Contains("names no 'sh'", await RefusalAsync(program, Here));
    }

    private static async Task<string> RefusalAsync(string? program, Platform platform)
    {
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(
            () => StaticShell.ReadAsync(program, platform, CancellationToken.None));
        Assert.AreEqual(DiagnosticCodes.NoDebugShell, e.Code);
        return e.Message;
    }
}
