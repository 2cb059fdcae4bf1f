using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry.Faults;

/// <summary>
/// Pushes of a 20 MB image through a proxy that cuts, stalls, refuses, forgets and corrupts, to a real registry: a thousand of
/// them, of which a run does a slice.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Long)]
[TestCategory(TestKinds.Registry)]
public sealed class PushCampaignTests
{
    private const int PushesOfOneRegistry = 25;

    private static readonly int[] LayerSizes = [11_500_000, 5_300_000, 2_200_000, 900_000, 60_000];

    private readonly ConcurrentQueue<string> _violations = new();
    private readonly Dictionary<string, int> _faults = [];
    private readonly byte[] _content = new byte[LayerSizes[0]];
    private int _requests;
    private long _sent;
    private long _size;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(4 * 60 * 60 * 1000, CooperativeCancellation = true)]
    public async Task Pushes_through_faults_lose_nothing_corrupt_nothing_and_show_no_manifest_before_its_blobs()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("EDGESLIM_TEST_SEED"), out int given) ? given : 20_260_401;
        // Each push has random numbers of its own, so a campaign that was interrupted goes on at one of them.
        int[] pushes = [.. Campaign.Cases(all: 1000, some: 3)];
        if (int.TryParse(Environment.GetEnvironmentVariable("EDGESLIM_TEST_FIRST"), out int from))
        {
            pushes = [.. Enumerable.Range(from, Math.Max(1, pushes[^1] + 1 - from))];
        }

        TestContext.WriteLine($"Seed {seed}; EDGESLIM_TEST_SEED sets another.");
        new Random(seed).NextBytes(_content);
        var watch = Stopwatch.StartNew();
        foreach (int[] some in pushes.Chunk(PushesOfOneRegistry))
        {
            using var registry = DockerRegistry.Start();
            foreach (int i in some)
            {
                try
                {
                    await PushAsync(registry, i, i == some[0], new Random(unchecked((seed * 31) + i)));
                }
                catch (EdgeException e)
                {
                    throw new InvalidOperationException($"Push {i} of seed {seed} failed.", e);
                }

                Assert.IsEmpty(_violations, $"push {i} of seed {seed}: {string.Join("; ", _violations)}");
            }

            await TellAsync($"pushes {pushes[0]} to {some[^1]} of seed {seed}", watch);
        }
    }

    private async Task TellAsync(string pushes, Stopwatch watch)
    {
        string faults = string.Join(", ", _faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value} {f.Key}"));
        string figures =
            $"{pushes} in {watch.Elapsed.TotalSeconds:F0} s, {_requests} requests, {_faults.Values.Sum()} faults ({faults}); "
            + $"{_size / 1e6:F0} MB of blobs, {_sent / 1e6:F0} MB sent.";
        TestContext.WriteLine(figures);
        if (Environment.GetEnvironmentVariable("EDGESLIM_TEST_FIGURES") is string file)
        {
            await File.AppendAllTextAsync(file, figures + "\n", TestContext.CancellationToken);
        }
    }

    private async Task PushAsync(DockerRegistry registry, int number, bool isFirst, Random random)
    {
        using TestImage image = new([.. LayerSizes.Select((size, i) => Layer(size, number, i))]);
        await using FaultyProxy proxy = new(registry.Address) { Buffers = random.Next(2) == 0 };
        using HttpClient direct = new() { BaseAddress = new Uri($"http://{registry.Address}/v2/team/app/") };
        bool stalled = false;
        proxy.Decide = request =>
        {
            // Several connections ask at once.
            lock (random)
            {
                Fault? fault = Draw(random, request, ref stalled);
                if (fault is not null)
                {
                    string kind = fault is Fault.CutAnswer { After: 0 } ? "lost answers" : fault.GetType().Name;
                    _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
                }

                return fault;
            }
        };
        proxy.OnManifest = manifest => CheckManifestAsync(direct, manifest);
        RegistryOptions options = new()
        {
            // The delays are those of the product, only shorter, and so is the time without a move: far more than a busy
            // machine makes nothing move.
            FirstDelay = TimeSpan.FromMilliseconds(5),
            Timeout = TimeSpan.FromSeconds(15),
            ChunkSize = random.GetItems([2 * 1024 * 1024L, 5 * 1024 * 1024, 16 * 1024 * 1024], 1)[0],
        };
        using (RegistryClient client = new(RegistryName.Parse(proxy.Address), RegistryTest.NoCredentials, options))
        {
            PushResult result = await RegistryTest.PushAsync(
                image.Layout, image.Tree, client.App(), [$"v{number}", "latest"], TestContext.CancellationToken);
            Assert.AreEqual(image.Digest, result.Digest);
            await PullAsync(client, image, $"v{number}");
        }

        await CheckStoredAsync(direct, image, number, isFirst);
        _requests += proxy.Requests;
        _sent += proxy.BodyBytes;
        _size += image.Image.CompressedSize;
    }

    // No two pushes share a byte that could be found by its digest, but the random numbers are made once.
    private byte[] Layer(int size, int number, int index)
    {
        byte[] layer = _content[..size];
        BitConverter.TryWriteBytes(layer, number);
        BitConverter.TryWriteBytes(layer.AsSpan(4), index);
        return layer;
    }

    private static Fault? Draw(Random random, HttpHead request, ref bool stalled)
    {
        double kind = random.NextDouble();
        double place = random.NextDouble();
        switch (kind)
        {
            case < 0.04:
                return new Fault.CutRequest((long)(place * request.Length));
            case < 0.07:
                return new Fault.CutAnswer(0);
            case < 0.09:
                // Somewhere in the body of what is pulled, and in that of a message.
                return new Fault.CutAnswer((long)(place * (request.Method == "GET" ? 1_000_000 : 100)));
            case < 0.14:
                return new Fault.Busy(random.GetItems([429, 500, 502, 503], 1)[0], place < 0.3 ? "0" : null);
            case < 0.16 when request.Method == "GET":
                return new Fault.Corrupt();
            case < 0.161 when !stalled:
                stalled = true;
                return new Fault.Stall();
            default:
                return null;
        }
    }

    /// <summary>Asks the registry itself for each blob that a manifest names, in the moment in which it is put.</summary>
    private async Task CheckManifestAsync(HttpClient direct, byte[] manifest)
    {
        ImageManifest image = JsonSerializer.Deserialize(manifest, OciJson.Documents.ImageManifest)!;
        foreach (Descriptor blob in image.Layers.Append(image.Config))
        {
            using HttpRequestMessage request = new(HttpMethod.Head, $"blobs/{blob.Digest}");
            using HttpResponseMessage response = await direct.SendAsync(request, TestContext.CancellationToken);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength != blob.Size)
            {
                _violations.Enqueue($"a manifest was put before its blob {blob.Digest} was there");
            }
        }
    }

    private async Task PullAsync(RegistryClient client, TestImage image, string tag)
    {
        RepositoryClient app = client.App(RegistryAccess.Pull);
        RegistryManifest? manifest = await app.GetManifestAsync(tag, TestContext.CancellationToken);
        Assert.AreEqual(image.Digest, manifest!.Descriptor.Digest);
        using TemporaryFolder folder = new();
        foreach (Descriptor blob in image.Image.Blobs)
        {
            string path = folder[blob.Digest.Hex];
            await app.GetBlobAsync(blob, path, TestContext.CancellationToken);
            CollectionAssert.AreEqual(
                await File.ReadAllBytesAsync(image.Layout.BlobPath(blob.Digest), TestContext.CancellationToken),
                await File.ReadAllBytesAsync(path, TestContext.CancellationToken));
        }
    }

    /// <summary>What the registry has, without anything in between: this image, and the one before it.</summary>
    private async Task CheckStoredAsync(HttpClient direct, TestImage image, int number, bool isFirst)
    {
        direct.DefaultRequestHeaders.Add("Accept", MediaTypes.ImageManifest);
        foreach (string tag in (string[])[$"v{number}", "latest"])
        {
            Assert.AreEqual(image.Digest, Digest.Of(await direct.GetByteArrayAsync($"manifests/{tag}", TestContext.CancellationToken)));
        }

        foreach (Descriptor blob in image.Image.Blobs)
        {
            Assert.AreEqual(blob.Digest, Digest.Of(await direct.GetByteArrayAsync($"blobs/{blob.Digest}", TestContext.CancellationToken)));
        }

        if (!isFirst)
        {
            using HttpResponseMessage before = await direct.GetAsync($"manifests/v{number - 1}", TestContext.CancellationToken);
            Assert.IsTrue(before.IsSuccessStatusCode);
        }
    }
}
