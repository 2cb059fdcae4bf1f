using System.Net;
using System.Web;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class AuthenticationTests
{
    private const string Realm = "https://auth.test/token";
    private static readonly Digest Blob = Digest.Of("x"u8);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Basic_credentials_are_sent_once_they_are_asked_for()
    {
        using var fake = new FakeRegistry();
        string expected = Convert.ToBase64String("me:s3cret-word"u8);
        fake.When(r => r.Headers.Authorization?.Parameter != expected, _ => Challenge("Basic realm=\"r\""));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        Assert.AreEqual("none Basic Basic", Schemes(fake));
    }

    [TestMethod]
    public async Task A_token_is_fetched_once_for_all_requests_of_a_repository()
    {
        using var fake = new FakeRegistry();
        TokenService(fake);
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        await client.App().FindManifestAsync("v1", TestContext.CancellationToken);

        SentRequest token = fake.Sent.Single(r => r.Uri.Host == "auth.test");
        Assert.AreEqual("Basic " + Convert.ToBase64String("me:s3cret-word"u8), token.Authorization!.ToString());
        var query = HttpUtility.ParseQueryString(token.Uri.Query);
        Assert.AreEqual("a service", query["service"]);
        Assert.AreEqual("repository:team/app:pull,push", query["scope"]);
        Assert.AreEqual("none Basic Bearer Bearer", Schemes(fake));
    }

    [TestMethod]
    public async Task Parallel_requests_share_one_token()
    {
        using var fake = new FakeRegistry();
        TokenService(fake);
        var answer = fake.Fault;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int waiting = 0;
        fake.Fault = async (request, ct) =>
        {
            // All are refused before any of them can have fetched a token.
            if (request.Headers.Authorization is null && Interlocked.Increment(ref waiting) == 8)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromSeconds(60), ct);
            return await answer(request, ct);
        };
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.App().HasBlobAsync(Blob, TestContext.CancellationToken)));
        Assert.AreEqual(1, fake.Sent.Count(r => r.Uri.Host == "auth.test"));
    }

    [TestMethod]
    public async Task Without_credentials_an_anonymous_token_is_fetched()
    {
        using var fake = new FakeRegistry();
        TokenService(fake);
        using RegistryClient client = RegistryTest.Client(fake);
        Assert.IsFalse(await client.App(RegistryAccess.Pull).HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.IsNull(fake.Sent.Single(r => r.Uri.Host == "auth.test").Authorization);
    }

    [TestMethod]
    public async Task An_identity_token_is_posted_and_not_put_into_an_address()
    {
        using var fake = new FakeRegistry();
        TokenService(fake, """{"access_token":"t1"}""");
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.IdentityToken("id-token"));
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);

        SentRequest token = fake.Sent.Single(r => r.Uri.Host == "auth.test");
        Assert.AreEqual(HttpMethod.Post, token.Method);
        Assert.IsNull(token.Authorization);
        var form = HttpUtility.ParseQueryString(token.Body);
        Assert.AreEqual("refresh_token", form["grant_type"]);
        Assert.AreEqual("id-token", form["refresh_token"]);
        Assert.AreEqual("repository:team/app:pull,push", form["scope"]);
        Assert.DoesNotContain("id-token", token.Uri.ToString());
    }

    [TestMethod]
    public async Task A_token_that_has_expired_is_renewed_before_it_is_refused()
    {
        using var fake = new FakeRegistry();
        TokenService(fake, """{"token":"t1","expires_in":100}""");
        var clock = new ManualClock();
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login(), options: new RegistryOptions { Clock = clock });
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        clock.Now += TimeSpan.FromSeconds(89);
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        Assert.AreEqual("none Basic Bearer Bearer", Schemes(fake));
        clock.Now += TimeSpan.FromSeconds(2);
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        Assert.AreEqual("none Basic Bearer Bearer Basic Bearer", Schemes(fake));
    }

    [TestMethod]
    public async Task A_token_that_is_refused_later_is_renewed()
    {
        using var fake = new FakeRegistry();
        int tokens = 0;
        string valid = "Bearer t1";
        fake.When(r => r.RequestUri!.Host == "auth.test", _ => FakeRegistry.Answer(HttpStatusCode.OK, $$"""{"token":"t{{++tokens}}"}"""));
        fake.When(
            r => r.RequestUri!.Host != "auth.test" && r.Headers.Authorization?.ToString() != valid,
            _ => Challenge($"Bearer realm=\"{Realm}\""));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        valid = "Bearer t2";
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        Assert.AreEqual(2, tokens);
    }

    [TestMethod]
    public async Task A_registry_that_refuses_for_ever_is_asked_twice()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Host == "auth.test", _ => FakeRegistry.Answer(HttpStatusCode.OK, """{"token":"t"}"""));
        fake.When(r => r.RequestUri!.Host != "auth.test", _ => Challenge($"Bearer realm=\"{Realm}\""));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login(origin: "the file /x/auth.json"));
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.Unauthorized, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.AreEqual("none Basic Bearer", Schemes(fake));
        Assert.Contains("the credentials came from the file /x/auth.json", e.Message);
        Assert.DoesNotContain("s3cret-word", e.ToString());
    }

    [TestMethod]
    public async Task Where_no_credentials_were_found_the_error_says_so()
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => Challenge("Basic realm=\"r\""));
        using RegistryClient client = RegistryTest.Client(fake);
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.Unauthorized, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.Contains("no credentials were found", e.Message);
        Assert.HasCount(1, fake.Sent);
    }

    [TestMethod]
    public async Task A_wrong_password_is_reported_with_what_the_token_service_says()
    {
        using var fake = new FakeRegistry();
        TokenService(fake);
        fake.When(
            r => r.RequestUri!.Host == "auth.test",
            _ => FakeRegistry.Answer(HttpStatusCode.Unauthorized, """{"details":"incorrect username or password"}"""));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.Unauthorized, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.Contains("auth.test answered 401: incorrect username or password", e.Message);
        Assert.Contains("came from the test", e.Message);
    }

    [TestMethod]
    [DataRow("<html>")]
    [DataRow("{}")]
    [DataRow("[]")]
    [DataRow("""{"token":7,"x":"s3cret-token"}""")]
    public async Task A_token_service_that_sends_no_token_is_an_error_that_quotes_nothing(string answer)
    {
        using var fake = new FakeRegistry();
        TokenService(fake, answer);
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.Contains("https://auth.test/token: the answer holds no token", e.Message);
        Assert.DoesNotContain("s3cret", e.ToString());
    }

    [TestMethod]
    public async Task A_token_service_that_is_overloaded_is_asked_again()
    {
        using var fake = new FakeRegistry();
        TokenService(fake);
        int asked = 0;
        fake.When(
            r => r.RequestUri!.Host == "auth.test" && asked++ == 0,
            _ => FakeRegistry.Answer(HttpStatusCode.ServiceUnavailable));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        Assert.IsFalse(await client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("https://169.254.169.254/token")]
    [DataRow("https://[::1]/token")]
    [DataRow("https://[::ffff:192.168.1.1]/token")]
    [DataRow("https://auth.inside/token")]
    public async Task A_registry_out_there_has_nobody_in_here_asked(string realm)
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Host.EndsWith("test", StringComparison.Ordinal) || r.RequestUri.Host == "registry.inside", r =>
            r.Headers.Authorization is null ? Challenge($"Bearer realm=\"{realm}\"") : FakeRegistry.Answer(HttpStatusCode.NotFound));
        fake.When(r => r.RequestUri!.AbsolutePath == "/token", _ => FakeRegistry.Answer(HttpStatusCode.OK, """{"token":"t1"}"""));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await RegistryTest.FailsAsync(
            DiagnosticCodes.PrivateRealm, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.HasCount(1, fake.Sent);

        using RegistryClient inside = RegistryTest.Client(fake, RegistryTest.Login(), host: "registry.inside");
        Assert.IsFalse(await inside.App().HasBlobAsync(Blob, TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("http://auth.test/token")]
    [DataRow("http://127.0.0.1/token")]
    [DataRow("token")]
    public async Task Credentials_are_not_sent_to_a_token_service_without_https(string realm)
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => Challenge($"Bearer realm=\"{realm}\""));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await RegistryTest.FailsAsync(
            DiagnosticCodes.UnsafeRealm, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.AreEqual("none", Schemes(fake));
    }

    [TestMethod]
    [DataRow("ghcr.io", "https://auth.test/", true)]
    [DataRow("ghcr.io", "http://ghcr.io/token", false)]
    [DataRow("127.0.0.1:5000", "http://127.0.0.1:5001/", true)]
    [DataRow("127.0.0.1:5000", "http://auth.test/", false)]
    [DataRow("lan.test:5000", "http://lan.test:5001/", true)]
    [DataRow("lan.test:5000", "http://other.test/", false)]
    [DataRow("ghcr.io", "ftp://ghcr.io/", false)]
    public void A_token_service_without_https_is_for_registries_without_https(string registry, string realm, bool safe) =>
        Assert.AreEqual(
            safe, Safe(registry, realm));

    [TestMethod]
    [DataRow(HttpStatusCode.Forbidden, "")]
    [DataRow(HttpStatusCode.Unauthorized, """{"errors":[{"code":"DENIED","message":"requested access is denied"}]}""")]
    [DataRow(HttpStatusCode.NotFound, """{"errors":[{"code":"DENIED","message":"requested access is denied"}]}""")]
    public async Task What_the_account_may_not_do_is_told_apart_from_a_wrong_password(HttpStatusCode status, string body)
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.Headers.Authorization is null, _ => Challenge("Basic realm=\"r\""));
        fake.When(r => r.Headers.Authorization is not null, _ => FakeRegistry.Answer(status, body));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.Forbidden,
            () => client.App().GetBlobAsync(new Descriptor { MediaType = "x", Digest = Blob, Size = 1 }, Path.Combine(Path.GetTempPath(), "edgeslim-never"), TestContext.CancellationToken));
        Assert.Contains("push to 'team/app'", e.Message);
        Assert.Contains(body.Length == 0 ? "403 Forbidden" : "DENIED: requested access is denied", e.Message);
    }

    [TestMethod]
    public async Task A_scope_that_the_registry_asks_for_besides_is_asked_for_too()
    {
        using var fake = new FakeRegistry();
        TokenService(fake, scope: "repository:team/app:pull repository:team/base:pull");
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await client.App().HasBlobAsync(Blob, TestContext.CancellationToken);
        Assert.AreEqual(
            "repository:team/app:pull,push,repository:team/base:pull",
            HttpUtility.ParseQueryString(fake.Sent.Single(r => r.Uri.Host == "auth.test").Uri.Query)["scope"]);
    }

    private static bool Safe(string registry, string realm) =>
        EdgeSlim.Registry.Authentication.TokenService.IsSafe(
            new RegistryEndpoint(RegistryName.Parse(registry), ["lan.test:5000"]), new Uri(realm));

    private static void TokenService(FakeRegistry fake, string answer = """{"token":"t1"}""", string scope = "repository:team/app:pull")
    {
        fake.When(r => r.RequestUri!.Host == "auth.test", _ => FakeRegistry.Answer(HttpStatusCode.OK, answer));
        fake.When(
            r => r.RequestUri!.Host == RegistryTest.Host && r.Headers.Authorization?.ToString() != "Bearer t1",
            _ => Challenge($"Bearer realm=\"{Realm}\",service=\"a service\",scope=\"{scope}\""));
    }

    private static HttpResponseMessage Challenge(string challenge) =>
        FakeRegistry.Answer(HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", challenge));

    private static string Schemes(FakeRegistry fake) => string.Join(' ', fake.Sent.Select(r => r.Authorization?.Scheme ?? "none"));
}
