using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class ChunkedUploadTests
{
    private const int Chunk = 1000;
    private static readonly byte[] Content = [.. Enumerable.Range(0, 3500).Select(i => (byte)(i * 7))];
    private static readonly Descriptor Blob = new() { MediaType = MediaTypes.LayerGzip, Digest = Digest.Of(Content), Size = Content.Length };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_large_blob_goes_in_chunks_and_each_answer_says_where_to_go_on()
    {
        using var fake = new FakeRegistry();
        Assert.AreEqual(BlobOutcome.Sent, await SendAsync(fake));
        Assert.AreEqual("HEAD POST PATCH PATCH PATCH PATCH PUT", Methods(fake));
        CollectionAssert.AreEqual(Content, fake.Blobs[Blob.Digest.ToString()]);
    }

    [TestMethod]
    public async Task A_registry_that_wants_larger_chunks_gets_them()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.Method == HttpMethod.Post, _ =>
        {
            fake.Sessions["x"] = [];
            return FakeRegistry.Answer(HttpStatusCode.Accepted, "", ("Location", "/v2/uploads/x?_state=a%2Bb"), ("OCI-Chunk-Min-Length", "3000"));
        });
        await SendAsync(fake);
        Assert.AreEqual("HEAD POST PATCH PATCH PUT", Methods(fake));
    }

    [TestMethod]
    public async Task After_a_cut_the_registry_is_asked_how_far_it_got_and_the_upload_goes_on_there()
    {
        using var fake = new FakeRegistry();
        int patches = 0;
        fake.When(r => r.Method == HttpMethod.Patch && ++patches == 2, _ =>
        {
            // A part of the chunk arrived.
            fake.Sessions["1"] = Content[..1400];
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        });
        await SendAsync(fake);
        Assert.AreEqual("HEAD POST PATCH PATCH GET PATCH PATCH PATCH PUT", Methods(fake));
        CollectionAssert.AreEqual(Content, fake.Blobs[Blob.Digest.ToString()]);
    }

    [TestMethod]
    public async Task A_chunk_that_is_out_of_place_leads_to_the_same_question()
    {
        using var fake = new FakeRegistry();
        int patches = 0;
        fake.When(r => r.Method == HttpMethod.Patch && ++patches == 2, _ =>
        {
            fake.Sessions["1"] = Content[..500];
            return FakeRegistry.Answer(HttpStatusCode.RequestedRangeNotSatisfiable);
        });
        await SendAsync(fake);
        CollectionAssert.AreEqual(Content, fake.Blobs[Blob.Digest.ToString()]);
        Assert.AreEqual(1, fake.Sent.Count(r => r.Method == HttpMethod.Get));
    }

    [TestMethod]
    public async Task An_upload_that_the_registry_forgot_starts_anew()
    {
        using var fake = new FakeRegistry();
        int patches = 0;
        fake.When(r => r.Method == HttpMethod.Patch && ++patches == 3, _ =>
        {
            fake.Sessions.Clear();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        });
        await SendAsync(fake);
        Assert.AreEqual("HEAD POST PATCH PATCH PATCH GET POST PATCH PATCH PATCH PATCH PUT", Methods(fake));
        CollectionAssert.AreEqual(Content, fake.Blobs[Blob.Digest.ToString()]);
    }

    [TestMethod]
    [DataRow(HttpStatusCode.MethodNotAllowed)]
    [DataRow(HttpStatusCode.NotFound)]
    [DataRow(HttpStatusCode.NotImplemented)]
    public async Task A_registry_without_chunks_gets_the_blob_in_one_piece_and_the_next_one_at_once(HttpStatusCode refusal)
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.Method == HttpMethod.Patch, _ => FakeRegistry.Answer(refusal));
        using RegistryClient client = Client(fake);
        await client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken);
        byte[] other = [.. Content, 1];
        await client.App().EnsureBlobAsync(
            new BlobSource(Blob with { Digest = Digest.Of(other), Size = other.Length }, () => new MemoryStream(other)), TestContext.CancellationToken);
        Assert.AreEqual("HEAD POST PATCH HEAD POST PUT HEAD POST PUT", Methods(fake));
    }

    [TestMethod]
    public async Task A_proxy_that_finds_a_chunk_too_large_gets_smaller_ones()
    {
        byte[] large = new byte[3 * 1024 * 1024];
        Descriptor blob = Blob with { Digest = Digest.Of(large), Size = large.Length };
        using var fake = new FakeRegistry();
        fake.When(
            r => r.Method == HttpMethod.Patch && r.Content!.Headers.ContentLength > 600_000,
            _ => FakeRegistry.Answer(HttpStatusCode.RequestEntityTooLarge));
        using RegistryClient client = RegistryTest.Client(fake, options: new RegistryOptions { ChunkSize = 2 * 1024 * 1024 });
        await client.App().EnsureBlobAsync(new BlobSource(blob, () => new MemoryStream(large)), TestContext.CancellationToken);
        Assert.AreEqual(2 + 6, fake.Sent.Count(r => r.Method == HttpMethod.Patch));
    }

    [TestMethod]
    public async Task Two_cuts_in_a_row_make_chunks_smaller_and_one_does_not()
    {
        var chunks = new ChunkSize(4_000_000);
        chunks.Cut(4_000_000);
        Assert.AreEqual(4_000_000, chunks.Current);
        chunks.Taken();
        chunks.Cut(4_000_000);
        Assert.IsFalse(chunks.WantsFreshConnections);
        chunks.Cut(4_000_000);
        Assert.AreEqual(2_000_000, chunks.Current);
        Assert.IsTrue(chunks.WantsFreshConnections);
        for (int i = 0; i < 20; i++)
        {
            chunks.Cut(chunks.Current);
        }

        Assert.AreEqual(256 * 1024, chunks.Current);
        await Task.CompletedTask;
    }

    [TestMethod]
    public async Task A_registry_that_forgets_every_upload_is_given_up_in_the_end()
    {
        using var fake = new FakeRegistry();
        int patches = 0;
        fake.When(r => r.Method == HttpMethod.Patch && ++patches % 2 == 0, _ =>
        {
            fake.Sessions.Clear();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        });
        await RegistryTest.FailsAsync(DiagnosticCodes.RegistryUnreachable, () => SendAsync(fake));
        Assert.IsEmpty(fake.Blobs);
        Assert.IsLessThan(100, patches);
    }

    [TestMethod]
    public async Task The_same_blob_for_two_at_once_is_sent_once()
    {
        using var fake = new FakeRegistry();
        var opened = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        fake.Fault = async (request, _) =>
        {
            if (request.Method == HttpMethod.Post)
            {
                opened.SetResult();
                await goOn.Task;
            }

            return null;
        };
        using RegistryClient client = Client(fake);
        Task<BlobOutcome> first = client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken);
        await opened.Task;
        Task<BlobOutcome> second = client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken);
        Assert.IsFalse(second.IsCompleted);
        goOn.SetResult();
        Assert.AreEqual(BlobOutcome.Sent, await first);
        Assert.AreEqual(BlobOutcome.Present, await second);
        Assert.AreEqual("HEAD POST PATCH PATCH PATCH PATCH PUT", Methods(fake));
    }

    private static string Methods(FakeRegistry fake) => string.Join(' ', fake.Sent.Select(r => r.Method));

    private static RegistryClient Client(FakeRegistry fake) => RegistryTest.Client(fake, options: new RegistryOptions { ChunkSize = Chunk });

    private static MemoryStream Open() => new(Content);

    private async Task<BlobOutcome> SendAsync(FakeRegistry fake)
    {
        using RegistryClient client = Client(fake);
        return await client.App().EnsureBlobAsync(new BlobSource(Blob, Open), TestContext.CancellationToken);
    }
}
