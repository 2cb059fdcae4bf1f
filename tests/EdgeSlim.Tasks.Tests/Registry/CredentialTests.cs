using System.Text;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class CredentialTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("EDGESLIM_REGISTRY_USERNAME,DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", RegistryAccess.Push, "EDGESLIM_REGISTRY_USERNAME")]
    [DataRow("EDGESLIM_REGISTRY_USERNAME,DOTNET_CONTAINER_PULL_REGISTRY_UNAME", RegistryAccess.Pull, "DOTNET_CONTAINER_PULL_REGISTRY_UNAME")]
    [DataRow("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME,DOTNET_CONTAINER_PULL_REGISTRY_UNAME", RegistryAccess.Push, "DOTNET_CONTAINER_PUSH_REGISTRY_UNAME")]
    [DataRow("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME,DOTNET_CONTAINER_PULL_REGISTRY_UNAME", RegistryAccess.Pull, "DOTNET_CONTAINER_PULL_REGISTRY_UNAME")]
    [DataRow("DOTNET_CONTAINER_PULL_REGISTRY_UNAME,DOTNET_CONTAINER_REGISTRY_UNAME", RegistryAccess.Push, "DOTNET_CONTAINER_REGISTRY_UNAME")]
    [DataRow("SDK_CONTAINER_REGISTRY_UNAME,DOTNET_CONTAINER_REGISTRY_UNAME", RegistryAccess.Push, "DOTNET_CONTAINER_REGISTRY_UNAME")]
    [DataRow("SDK_CONTAINER_REGISTRY_UNAME", RegistryAccess.Pull, "SDK_CONTAINER_REGISTRY_UNAME")]
    [DataRow("DOTNET_CONTAINER_PULL_REGISTRY_UNAME", RegistryAccess.Push, null)]
    public async Task The_variable_with_the_narrowest_purpose_wins(string set, RegistryAccess access, string? winner)
    {
        Dictionary<string, string> environment = [];
        foreach (string name in set.Split(','))
        {
            environment[name] = "user of " + name;
            environment[name.Replace("USERNAME", "PASSWORD", StringComparison.Ordinal).Replace("UNAME", "PWORD", StringComparison.Ordinal)] = "secret";
        }

        var source = new EnvironmentCredentialSource(environment.GetValueOrDefault);
        Credential? found = await source.FindAsync(Request("ghcr.io", access: access), TestContext.CancellationToken);
        Assert.AreEqual(winner is null ? null : "user of " + winner, found?.Username);
        Assert.AreEqual(winner is not null, found?.Origin.Contains(winner!, StringComparison.Ordinal) ?? false);
    }

    [TestMethod]
    public async Task A_user_without_a_password_counts_as_not_set()
    {
        var source = new EnvironmentCredentialSource(name => name == "EDGESLIM_REGISTRY_USERNAME" ? "me" : null);
        Assert.IsNull(await source.FindAsync(Request("ghcr.io"), TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task The_password_for_the_delivery_is_not_shown_to_the_registry_of_the_base()
    {
        var source = new EnvironmentCredentialSource(
            name => name.StartsWith("EDGESLIM_", StringComparison.Ordinal) ? "x" : null, RegistryName.Parse("ghcr.io"));
        Assert.IsNull(await source.FindAsync(Request("docker.io", access: RegistryAccess.Pull), TestContext.CancellationToken));
        Assert.IsNotNull(await source.FindAsync(Request("ghcr.io", access: RegistryAccess.Pull), TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("ghcr.io", "ghcr.io", "team/app", true)]
    [DataRow("GHCR.IO", "ghcr.io", "team/app", true)]
    [DataRow("https://ghcr.io/v1/", "ghcr.io", "team/app", true)]
    [DataRow("https://ghcr.io", "ghcr.io", "team/app", true)]
    [DataRow("http://ghcr.io/v2", "ghcr.io", "team/app", true)]
    [DataRow("ghcr.io/team", "ghcr.io", "team/app", true)]
    [DataRow("ghcr.io/team/app", "ghcr.io", "team/app", true)]
    [DataRow("ghcr.io/tea", "ghcr.io", "team/app", false)]
    [DataRow("ghcr.io/team/app/more", "ghcr.io", "team/app", false)]
    [DataRow("ghcr.io:5000", "ghcr.io", "team/app", false)]
    [DataRow("127.0.0.1:5000", "127.0.0.1:5000", "app", true)]
    [DataRow("https://index.docker.io/v1/", "docker.io", "team/app", true)]
    [DataRow("docker.io/team", "registry-1.docker.io", "team/app", true)]
    public async Task Keys_of_docker_and_of_podman_are_matched(string key, string registry, string repository, bool matches)
    {
        string json = $$"""{"auths":{"{{key}}":{"auth":"{{Base64("me:pass:word")}}"} } }""";
        Credential? found = await FindAsync(json, Request(registry, repository));
        Assert.AreEqual(matches ? "me pass:word" : null, found is null ? null : $"{found.Username} {found.Secret}");
    }

    [TestMethod]
    public async Task The_longest_key_wins()
    {
        string json = $$"""
            {"auths":{"ghcr.io":{"auth":"{{Base64("host:x")}}"},"ghcr.io/team":{"auth":"{{Base64("team:x")}}"},"ghcr.io/team/app":{} } }
            """;
        Assert.AreEqual("team", (await FindAsync(json, Request("ghcr.io")))!.Username);
    }

    [TestMethod]
    public async Task An_identity_token_is_not_a_password()
    {
        string json = $$"""{"auths":{"ghcr.io":{"auth":"{{Base64("0000:")}}","identitytoken":"tok"} } }""";
        Credential? found = await FindAsync(json, Request("ghcr.io"));
        Assert.IsTrue(found!.IsIdentityToken);
        Assert.AreEqual("tok", found.Secret);
    }

    [TestMethod]
    [DataRow("""{"credHelpers":{"ghcr.io":"own"},"credsStore":"all","auths":{"ghcr.io":{"auth":"bWU6cA=="}}}""", "own ghcr.io")]
    [DataRow("""{"credHelpers":{"quay.io":"own"},"credsStore":"all","auths":{"ghcr.io":{}}}""", "all ghcr.io")]
    [DataRow("""{"credsStore":"all","auths":{"ghcr.io":{"auth":"bWU6cA=="}}}""", null)]
    [DataRow("""{"credHelpers":{"index.docker.io":"own"}}""", null)]
    [DataRow("{}", null)]
    public async Task A_helper_of_the_registry_comes_before_an_entry_and_the_store_of_all_after_it(string json, string? called)
    {
        string? seen = null;
        using var folder = new TemporaryFolder();
        var source = new AuthFileCredentialSource(folder.Write("config.json", json), (helper, server, _) =>
        {
            seen = $"{helper} {server}";
            return Task.FromResult<Credential?>(null);
        });
        await source.FindAsync(Request("ghcr.io"), TestContext.CancellationToken);
        Assert.AreEqual(called, seen);
    }

    [TestMethod]
    public async Task Docker_hub_has_its_old_name_for_helpers()
    {
        using var folder = new TemporaryFolder();
        string? seen = null;
        var source = new AuthFileCredentialSource(folder.Write("config.json", """{"credsStore":"all"}"""), (_, server, _) =>
        {
            seen = server;
            return Task.FromResult<Credential?>(null);
        });
        await source.FindAsync(Request("docker.io"), TestContext.CancellationToken);
        Assert.AreEqual("https://index.docker.io/v1/", seen);
    }

    [TestMethod]
    [DataRow("{", "line 1")]
    [DataRow("{\n\"auths\": [\"s3cret\"]}", "line 2")]
    [DataRow("null", "line 1")]
    [DataRow("", "line 1")]
    [DataRow("""{"auths":{"ghcr.io":{"auth":"s3cret!"}}}""", "ghcr.io")]
    [DataRow("""{"auths":{"ghcr.io":{"auth":"czNjcmV0"}}}""", "ghcr.io")]
    public async Task A_malformed_file_is_named_without_what_it_holds(string json, string detail)
    {
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.InvalidAuthFile, () => FindAsync(json, Request("ghcr.io")));
        Assert.Contains("config.json", e.Message);
        Assert.Contains(detail, e.Message);
        Assert.DoesNotContain("s3cret", e.ToString());
    }

    [TestMethod]
    public async Task A_file_that_is_not_there_has_no_credentials()
    {
        using var folder = new TemporaryFolder();
        var chain = CredentialChain.Default(name => name is "HOME" or "DOCKER_CONFIG" ? folder["none"] : null);
        Assert.IsNull(await chain.FindAsync(Request("ghcr.io"), TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task The_files_are_asked_in_order_and_the_first_with_an_entry_decides()
    {
        using var folder = new TemporaryFolder();
        folder.Write("run/containers/auth.json", """{"auths":{"quay.io":{"auth":"bWU6cA=="}}}""");
        folder.Write("home/.docker/config.json", $$"""{"auths":{"ghcr.io":{"auth":"{{Base64("docker:x")}}"} } }""");
        Dictionary<string, string> environment = new() { ["XDG_RUNTIME_DIR"] = folder["run"], ["HOME"] = folder["home"] };
        var chain = CredentialChain.Default(environment.GetValueOrDefault);
        Credential? found = await chain.FindAsync(Request("ghcr.io"), TestContext.CancellationToken);
        Assert.AreEqual("docker", found!.Username);
        Assert.Contains(Path.Combine(folder["home"], ".docker", "config.json"), found.Origin);
    }

    [TestMethod]
    public void The_files_lie_where_podman_and_docker_write_them()
    {
        Dictionary<string, string> environment = new()
        {
            ["REGISTRY_AUTH_FILE"] = "/a.json",
            ["XDG_RUNTIME_DIR"] = "/run",
            ["HOME"] = "/home/me",
        };
        Assert.AreEqual(
            "/a.json /run/containers/auth.json /home/me/.config/containers/auth.json /home/me/.docker/config.json",
            string.Join(' ', AuthFileLocations.From(environment.GetValueOrDefault)));
        environment["XDG_CONFIG_HOME"] = "/config";
        environment["DOCKER_CONFIG"] = "/docker";
        Assert.AreEqual(
            "/a.json /run/containers/auth.json /config/containers/auth.json /docker/config.json",
            string.Join(' ', AuthFileLocations.From(environment.GetValueOrDefault)));
    }

    [TestMethod]
    public void A_credential_gives_out_no_secret()
    {
        var credential = Credential.FromUser("me", "s3cret", "the test");
        Assert.AreEqual("credentials from the test", credential.ToString());
        Assert.DoesNotContain("s3cret", JsonSerializer.Serialize(credential));
    }

    private async Task<Credential?> FindAsync(string json, CredentialRequest request)
    {
        using var folder = new TemporaryFolder();
        var source = new AuthFileCredentialSource(
            folder.Write("config.json", json), (_, _, _) => throw new InvalidOperationException("No helper is named."));
        return await source.FindAsync(request, TestContext.CancellationToken);
    }

    private static CredentialRequest Request(
        string registry, string repository = "team/app", RegistryAccess access = RegistryAccess.Push) =>
        new(RegistryName.Parse(registry), repository, access);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
