using EdgeSlim.Diagnostics;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Tests.Registry;

/// <summary>Real helper processes.</summary>
[TestClass]
public sealed class CredentialHelperTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_helper_is_asked_on_standard_input()
    {
        Credential? found = await AskAsync("""
            read -r server || true
            echo "{\"ServerURL\":\"$server\",\"Username\":\"$1 $server\",\"Secret\":\"s\"}"
            """);
        Assert.AreEqual("get ghcr.io", found!.Username);
        Assert.AreEqual("the credential helper docker-credential-test", found.Origin);
        Assert.IsFalse(found.IsIdentityToken);
    }

    [TestMethod]
    public async Task The_user_token_means_an_identity_token() =>
        Assert.IsTrue((await AskAsync("""echo '{"Username":"<token>","Secret":"s"}'"""))!.IsIdentityToken);

    [TestMethod]
    public async Task A_helper_may_have_no_credentials() =>
        Assert.IsNull(await AskAsync("echo credentials not found in native keychain; exit 1"));

    [TestMethod]
    [DataRow("echo keychain is locked; exit 3", "exit code 3, keychain is locked")]
    [DataRow("exit 1", "no output")]
    [DataRow("echo s3cret", "not JSON")]
    [DataRow("""echo '{"Username":"s3cret"}'""", "not JSON")]
    [DataRow("echo '[]'", "not JSON")]
    public async Task A_helper_that_fails_is_named(string script, string detail)
    {
        EdgeException e = await RegistryTest.FailsAsync(DiagnosticCodes.CredentialHelperFailed, () => AskAsync(script));
        Assert.Contains("docker-credential-test", e.Message);
        Assert.Contains(detail, e.Message);
        Assert.DoesNotContain("s3cret", e.ToString());
    }

    [TestMethod]
    [DataRow("test2")]
    [DataRow("../bin/docker-credential-test")]
    public async Task A_helper_that_is_not_on_the_path_is_named(string name)
    {
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.CredentialHelperFailed, () => AskAsync("echo {}", name));
        Assert.Contains("not on PATH", e.Message);
    }

    [TestMethod]
    public async Task A_helper_that_hangs_is_ended()
    {
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.CredentialHelperFailed, () => AskAsync("exec sleep 600", timeout: TimeSpan.FromMilliseconds(100)));
        Assert.Contains("no answer within 0.1 seconds", e.Message);
    }

    private async Task<Credential?> AskAsync(string script, string name = "test", TimeSpan? timeout = null)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The helpers of these tests are shell scripts.");
            return null;
        }

        using var folder = new TemporaryFolder();
        folder.WriteProgram("docker-credential-test", $"#!/bin/sh\n{script}\n");
        var helper = new CredentialHelper(variable => variable == "PATH" ? $"/nowhere:{folder.Path}" : null, timeout);
        return await helper.GetAsync(name, "ghcr.io", TestContext.CancellationToken);
    }
}
