using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class RepositoryClientTests
{
    private static readonly byte[] Content = "some content"u8.ToArray();
    private static readonly Descriptor Blob = new() { MediaType = MediaTypes.LayerGzip, Digest = Digest.Of(Content), Size = Content.Length };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_blob_that_is_there_is_not_sent()
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = Content } };
        using RegistryClient client = RegistryTest.Client(fake);
        Assert.AreEqual(BlobOutcome.Present, await client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken));
        Assert.HasCount(1, fake.Sent);
    }

    [TestMethod]
    public async Task A_blob_is_sent_to_where_the_registry_says()
    {
        using var fake = new FakeRegistry();
        using RegistryClient client = RegistryTest.Client(fake);
        Assert.AreEqual(BlobOutcome.Sent, await client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken));
        // The fake takes it only with the digest and with the query that it gave itself.
        CollectionAssert.AreEqual(Content, fake.Blobs[Blob.Digest.ToString()]);
        Assert.AreEqual("HEAD POST PUT", string.Join(' ', fake.Sent.Select(r => r.Method)));
    }

    [TestMethod]
    public async Task An_upload_to_another_host_carries_no_credentials()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Host == RegistryTest.Host && r.Headers.Authorization is null, _ =>
            FakeRegistry.Answer(HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", "Basic realm=r")));
        fake.When(r => r.Method == HttpMethod.Post && r.Headers.Authorization is not null, _ =>
            FakeRegistry.Answer(HttpStatusCode.Accepted, "", ("Location", "https://storage.test/up?_state=a%2Bb")));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        await client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken);
        SentRequest upload = fake.Sent.Single(r => r.Uri.Host == "storage.test");
        Assert.AreEqual(HttpMethod.Put, upload.Method);
        Assert.IsNull(upload.Authorization);
    }

    [TestMethod]
    public async Task A_redirect_to_another_host_carries_no_credentials()
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = Content } };
        fake.When(r => r.RequestUri!.Host == RegistryTest.Host, r => r.Headers.Authorization is null
            ? FakeRegistry.Answer(HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", "Basic realm=r"))
            : FakeRegistry.Answer(HttpStatusCode.TemporaryRedirect, "", ("Location", $"https://storage.test/{Blob.Digest}?sig=1")));
        // Storage may challenge as it likes: the credentials are not its own.
        fake.When(r => r.RequestUri!.Host == "storage.test" && r.Headers.Authorization is not null, _ => FakeRegistry.Answer(HttpStatusCode.BadRequest));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        using var folder = new TemporaryFolder();
        await client.App().GetBlobAsync(Blob, folder["blob"], TestContext.CancellationToken);
        CollectionAssert.AreEqual(Content, await File.ReadAllBytesAsync(folder["blob"], TestContext.CancellationToken));
        Assert.IsNull(fake.Sent.Single(r => r.Uri.Host == "storage.test").Authorization);
    }

    [TestMethod]
    public async Task Storage_that_refuses_is_not_taken_for_a_wrong_login()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Host == RegistryTest.Host, _ =>
            FakeRegistry.Answer(HttpStatusCode.TemporaryRedirect, "", ("Location", "https://storage.test/x?sig=s3cret")));
        fake.When(r => r.RequestUri!.Host == "storage.test", _ => FakeRegistry.Answer(HttpStatusCode.Forbidden, "<Code>AccessDenied</Code>"));
        using RegistryClient client = RegistryTest.Client(fake);
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().GetBlobAsync(Blob, Path.Combine(Path.GetTempPath(), "edgeslim-never"), TestContext.CancellationToken));
        Assert.Contains("403 Forbidden to GET https://storage.test/x: AccessDenied", e.Message);
        Assert.DoesNotContain("s3cret", e.Message);
    }

    [TestMethod]
    public async Task Redirects_without_end_are_not_followed_without_end()
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => FakeRegistry.Answer(HttpStatusCode.Found, "", ("Location", "/v2/again")));
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        Assert.HasCount(11, fake.Sent);
    }

    [TestMethod]
    public async Task A_damaged_blob_leaves_nothing_behind()
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = "some c0ntent"u8.ToArray() } };
        using RegistryClient client = RegistryTest.Client(fake);
        using var folder = new TemporaryFolder();
        await RegistryTest.FailsAsync(
            DiagnosticCodes.DigestMismatch, () => client.App().GetBlobAsync(Blob, folder["blob"], TestContext.CancellationToken));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task A_blob_that_does_not_end_is_given_up_at_its_size()
    {
        using var fake = new FakeRegistry();
        using var endless = new EndlessStream();
        fake.When(_ => true, _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(endless) });
        using RegistryClient client = RegistryTest.Client(fake);
        using var folder = new TemporaryFolder();
        await RegistryTest.FailsAsync(
            DiagnosticCodes.DigestMismatch, () => client.App().GetBlobAsync(Blob, folder["blob"], TestContext.CancellationToken));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task A_connection_that_is_lost_amid_a_blob_is_made_again()
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = Content } };
        int asked = 0;
        fake.When(_ => asked++ == 0, _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream(Content[..4])) });
        using RegistryClient client = RegistryTest.Client(fake);
        using var folder = new TemporaryFolder();
        await client.App().GetBlobAsync(Blob, folder["blob"], TestContext.CancellationToken);
        Assert.AreEqual("blob", string.Join(' ', Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName)));
        CollectionAssert.AreEqual(Content, await File.ReadAllBytesAsync(folder["blob"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_file_that_cannot_be_written_is_not_blamed_on_the_registry()
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = Content } };
        using RegistryClient client = RegistryTest.Client(fake);
        using var folder = new TemporaryFolder();
        await RegistryTest.FailsAsync(
            DiagnosticCodes.OutputNotWritable,
            () => client.App().GetBlobAsync(Blob, folder["missing/blob"], TestContext.CancellationToken));
        Assert.IsEmpty(fake.Sent);
    }

    [TestMethod]
    public async Task A_manifest_is_checked_against_its_digest()
    {
        using var fake = new FakeRegistry { Manifests = { [Blob.Digest.ToString()] = "other"u8.ToArray(), ["v1"] = Content } };
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.DigestMismatch, () => client.App().GetManifestAsync(Blob.Digest.ToString(), TestContext.CancellationToken));
        RegistryManifest? tagged = await client.App().GetManifestAsync("v1", TestContext.CancellationToken);
        Assert.AreEqual(Blob with { MediaType = MediaTypes.ImageManifest }, tagged!.Descriptor);
        Assert.IsNull(await client.App().GetManifestAsync("v2", TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_manifest_too_large_to_be_one_is_refused()
    {
        using var fake = new FakeRegistry { Manifests = { ["v1"] = new byte[(4 * 1024 * 1024) + 1] } };
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().GetManifestAsync("v1", TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task Manifests_of_all_kinds_are_asked_for()
    {
        string accept = "";
        using var fake = new FakeRegistry();
        fake.When(_ => true, r =>
        {
            accept = r.Headers.Accept.ToString();
            return FakeRegistry.Answer(HttpStatusCode.NotFound);
        });
        using RegistryClient client = RegistryTest.Client(fake);
        await client.App().FindManifestAsync("v1", TestContext.CancellationToken);
        foreach (string type in new[] { MediaTypes.ImageManifest, MediaTypes.ImageIndex, MediaTypes.DockerManifest, MediaTypes.DockerManifestList })
        {
            Assert.Contains(type, accept);
        }
    }

    [TestMethod]
    public async Task Where_the_registry_does_not_tell_the_digest_the_manifest_does()
    {
        using var fake = new FakeRegistry { Manifests = { ["v1"] = Content } };
        fake.When(r => r.Method == HttpMethod.Head, _ => FakeRegistry.Answer(HttpStatusCode.OK));
        using RegistryClient client = RegistryTest.Client(fake);
        Assert.AreEqual(Blob.Digest, await client.App().FindManifestAsync("v1", TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task An_upload_that_is_not_told_where_to_go_fails()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.Method == HttpMethod.Post, _ => FakeRegistry.Answer(HttpStatusCode.Accepted));
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("https://a.test/up", "https://a.test/up?digest=sha256%3A")]
    [DataRow("https://a.test/up?_state=a%2Fb%3D%3D&x", "https://a.test/up?_state=a%2Fb%3D%3D&x&digest=sha256%3A")]
    public void The_upload_keeps_the_query_that_the_registry_gave(string location, string closing) =>
        Assert.AreEqual(closing + Blob.Digest.Hex, UploadRequests.CloseAddress(new Uri(location), Blob.Digest).AbsoluteUri);

    [TestMethod]
    public async Task The_client_gives_its_name()
    {
        string agent = "";
        using var fake = new FakeRegistry();
        fake.When(_ => true, r =>
        {
            agent = r.Headers.UserAgent.ToString();
            return FakeRegistry.Answer(HttpStatusCode.NotFound);
        });
        using RegistryClient client = RegistryTest.Client(fake);
        await client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken);
        Assert.MatchesRegex(@"^EdgeSlim/\d+\.\d+\.\d+", agent);
    }

    private static MemoryStream Open() => new(Content);

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }

    private sealed class BrokenStream(byte[] start) : MemoryStream(start)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is int count and > 0 ? count : throw new HttpIOException(HttpRequestError.ResponseEnded, "lost");
    }
}
