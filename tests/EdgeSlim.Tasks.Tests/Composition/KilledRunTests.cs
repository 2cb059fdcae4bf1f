using System.Diagnostics;
using EdgeSlim.Composing;
using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Tests.Registry;

namespace EdgeSlim.Tests.Composition;

/// <summary>Processes that are killed (SIGKILL) while they compress, fill the cache, write the layout and push.</summary>
[TestClass]
[TestCategory(TestKinds.Registry)]
[TestCategory(TestKinds.Long)]
public sealed class KilledRunTests
{
    private static readonly int Seed = unchecked(20_260_401 + (Campaign.IsWhole ? 0 : (int)Campaign.Slice));

    private const int StartUp = 80;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(1_200_000, CooperativeCancellation = true)]
    public async Task A_killed_run_leaves_the_previous_image_and_the_next_run_succeeds()
    {
        int kills = Campaign.IsWhole ? 100 : 3;
        var random = new Random(Seed);
        using var registry = DockerRegistry.Start();
        using var folder = new TemporaryFolder();
        WriteFiles(folder, random, runtime: 0, application: 0);
        string previous = await RunAsync(folder, registry);

        // How long a run takes that compresses the application only, and one that compresses the runtime too.
        double[] durations = [1000, 1000];
        int interrupted = 0;
        for (int i = 1; interrupted < kills; i++)
        {
            Assert.IsLessThan(4 * kills, i, "Most runs should be killed before they end.");

            // Each time another application, every other time another runtime. Nothing is done while .NET starts.
            int kind = i % 2;
            WriteFiles(folder, random, runtime: i / 2, application: i);
            using (ComposingProcess run = Start(folder, registry))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(StartUp + (random.NextDouble() * (durations[kind] - StartUp))), TestContext.CancellationToken);
                run.Kill();
                await run.WaitAsync(TestContext.CancellationToken);
            }

            // What a clean run makes of the same files, elsewhere and without a cache.
            using var elsewhere = new TemporaryFolder();
            LayoutImage clean = await new ImageComposer(elsewhere["oci"], elsewhere["lock"])
                .ComposeAsync(AgentPlan.Of(folder["files"], new RecordingSink()), TestContext.CancellationToken);
            string next = clean.Descriptor.Digest.ToString();
            string seen = Whole(folder["oci"]);
            Assert.IsTrue(seen == previous || seen == next, $"seed {Seed}, kill {i}");
            string delivered = await WholeAsync(registry);
            Assert.IsTrue(delivered == previous || (delivered == next && seen == next), $"seed {Seed}, kill {i}");
            CacheIsWhole(folder["cache"]);
            interrupted += delivered == next ? 0 : 1;

            Stopwatch watch = Stopwatch.StartNew();
            Assert.AreEqual(next, await RunAsync(folder, registry), $"seed {Seed}, kill {i}");
            durations[kind] = Math.Max(StartUp, watch.Elapsed.TotalMilliseconds);
            Assert.AreEqual(next, Whole(folder["oci"]));
            Assert.AreEqual(next, await WholeAsync(registry));
            previous = next;
        }
    }

    [TestMethod]
    public async Task Builds_at_once_of_one_family_share_a_cache()
    {
        var random = new Random(Seed);
        using var registry = DockerRegistry.Start();
        TemporaryFolder[] projects = [.. Enumerable.Range(0, 3).Select(_ => new TemporaryFolder())];
        try
        {
            // One runtime, an application each; the cache has room for little more than one of them.
            foreach ((int i, TemporaryFolder project) in projects.Index())
            {
                WriteFiles(project, new Random(Seed), runtime: 1, application: i);
            }

            for (int round = 0; round < 2; round++)
            {
                ComposingProcess[] builds =
                [
                    .. projects.Select(p => ComposingProcess.Start(p["files"], p["oci"], projects[0]["cache"], 1_500_000, "")),
                ];
                string[] digests = await Task.WhenAll(builds.Select(b => b.SucceedAsync(TestContext.CancellationToken)));
                CollectionAssert.AllItemsAreUnique(digests);
                CollectionAssert.AreEqual(digests, projects.Select(p => Whole(p["oci"])).ToArray());
                Assert.HasCount(1, projects.Select(p => new ImageLayout(p["oci"]).ReadImage().Manifest.Layers[1].Digest).Distinct());
                CacheIsWhole(projects[0]["cache"]);
                foreach (TemporaryFolder project in projects)
                {
                    Directory.Delete(project["oci"], recursive: true);
                }
            }
        }
        finally
        {
            foreach (TemporaryFolder project in projects)
            {
                project.Dispose();
            }
        }
    }

    private static ComposingProcess Start(TemporaryFolder folder, DockerRegistry registry) =>
        ComposingProcess.Start(folder["files"], folder["oci"], folder["cache"], 3_000_000, registry.Address);

    private async Task<string> RunAsync(TemporaryFolder folder, DockerRegistry registry)
    {
        using ComposingProcess run = Start(folder, registry);
        return await run.SucceedAsync(TestContext.CancellationToken);
    }

    // Half of it compresses, so that both compressing and sending take their time.
    private static void WriteFiles(TemporaryFolder folder, Random random, int runtime, int application)
    {
        void Write(string path, int number, int size)
        {
            folder.Write(path, "");
            byte[] content = new byte[size];
            new Random(number).NextBytes(content.AsSpan(0, size / 2));
            File.WriteAllBytes(folder[path], content);
        }

        Write("files/runtime/System.dll", 1_000_000 + runtime, 1_500_000);
        Write("files/runtime/libcoreclr.so", 2_000_000 + runtime, 500_000);
        Write("files/agent", 3_000_000 + application, 400_000 + random.Next(100_000));
    }

    /// <summary>Holds all that a layout's image is made of against its digests.</summary>
    private static string Whole(string folder)
    {
        var layout = new ImageLayout(folder);
        LayoutImage image = layout.ReadImage();
        foreach (Descriptor blob in image.Blobs.Append(image.Descriptor))
        {
            Assert.AreEqual(blob.Digest, Digest.Of(File.ReadAllBytes(layout.BlobPath(blob.Digest))));
        }

        return image.Descriptor.Digest.ToString();
    }

    private async Task<string> WholeAsync(DockerRegistry registry)
    {
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        RepositoryClient repository = client.Repository("team/agent", RegistryAccess.Pull);
        RegistryManifest manifest = (await repository.GetManifestAsync("1.0", TestContext.CancellationToken))!;
        using var folder = new TemporaryFolder();
        ImageManifest read = System.Text.Json.JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Documents.ImageManifest)!;
        foreach (Descriptor blob in read.Layers.Append(read.Config))
        {
            await repository.GetBlobAsync(blob, folder[blob.Digest.Hex], TestContext.CancellationToken);
            Assert.AreEqual(blob.Digest, Digest.Of(await File.ReadAllBytesAsync(folder[blob.Digest.Hex])));
        }

        return manifest.Descriptor.Digest.ToString();
    }

    private static void CacheIsWhole(string folder)
    {
        string blobs = Path.Combine(folder, "layers/blobs/sha256");
        foreach (string blob in Directory.Exists(blobs) ? Directory.GetFiles(blobs).Where(b => Path.GetExtension(b).Length == 0) : [])
        {
            Assert.AreEqual(Path.GetFileName(blob), Digest.Of(File.ReadAllBytes(blob)).Hex);
        }
    }
}
