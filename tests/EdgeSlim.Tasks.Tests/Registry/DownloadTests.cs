using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class DownloadTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 3))];
    private static readonly Descriptor Blob = new() { MediaType = MediaTypes.LayerGzip, Digest = Digest.Of(Content), Size = Content.Length };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(true, "bytes=3000-")]
    [DataRow(false, "bytes=3000-")]
    public async Task What_ended_too_early_goes_on_where_the_registry_can_and_begins_anew_where_it_cannot(bool ranges, string asked)
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = Content } };
        List<string> wanted = [];
        fake.When(_ => true, r =>
        {
            wanted.Add(r.Headers.Range?.ToString() ?? "");
            if (wanted.Count == 1)
            {
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Content[..3000]) };
            }

            var answer = new HttpResponseMessage(ranges ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(ranges ? Content[3000..] : Content),
            };
            answer.Content.Headers.ContentRange = ranges ? new(3000, 4999, 5000) : null;
            return answer;
        });
        await GetAsync(fake);
        Assert.AreEqual("|" + asked, string.Join('|', wanted));
    }

    [TestMethod]
    public async Task A_range_survives_a_redirect_and_the_credentials_do_not()
    {
        using var fake = new FakeRegistry();
        int asked = 0;
        fake.When(r => r.RequestUri!.Host == "storage.test", r => ++asked == 1
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Content[..100]) }
            : Part(r));
        fake.When(r => r.RequestUri!.Host == RegistryTest.Host && r.Headers.Authorization is null, _ =>
            FakeRegistry.Answer(HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", "Basic realm=\"x\"")));
        fake.When(r => r.RequestUri!.Host == RegistryTest.Host && r.Headers.Authorization is not null, _ =>
            FakeRegistry.Answer(HttpStatusCode.TemporaryRedirect, "", ("Location", "https://storage.test/blob")));
        await GetAsync(fake, withLogin: true);
        Assert.IsTrue(fake.Sent.Where(r => r.Uri.Host == "storage.test").All(r => r.Authorization is null));

        static HttpResponseMessage Part(HttpRequestMessage request)
        {
            Assert.AreEqual("bytes=100-", request.Headers.Range!.ToString());
            var answer = new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(Content[100..]) };
            answer.Content.Headers.ContentRange = new(100, 4999, 5000);
            return answer;
        }
    }

    [TestMethod]
    public async Task Another_digest_is_asked_for_once_more_and_from_the_start()
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = Content } };
        int asked = 0;
        fake.When(_ => ++asked == 1, _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([.. Content[..4999], 1]) });
        await GetAsync(fake);
        Assert.AreEqual(2, asked);
    }

    [TestMethod]
    public async Task A_registry_that_damages_everything_is_named_and_leaves_nothing()
    {
        using var fake = new FakeRegistry { Blobs = { [Blob.Digest.ToString()] = new byte[5000] } };
        await RegistryTest.FailsAsync(DiagnosticCodes.DigestMismatch, () => GetAsync(fake));
        Assert.HasCount(3, fake.Sent);
    }

    private async Task GetAsync(FakeRegistry fake, bool withLogin = false)
    {
        using RegistryClient client = RegistryTest.Client(fake, withLogin ? RegistryTest.Login() : null);
        using var folder = new TemporaryFolder();
        try
        {
            await client.App(RegistryAccess.Pull).GetBlobAsync(Blob, folder["blob"], TestContext.CancellationToken);
        }
        catch (EdgeException)
        {
            Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
            throw;
        }

        CollectionAssert.AreEqual(Content, await File.ReadAllBytesAsync(folder["blob"], TestContext.CancellationToken));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }
}
