using System.Text.Json;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Locking;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Tests.Registry;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class BaseImageSourceTests : IDisposable
{
    private const string Name = RegistryTest.Host + "/team/base:1";

    private static readonly Platform Amd64 = new() { OperatingSystem = "linux", Architecture = "amd64" };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeRegistry _registry = new();
    private readonly RecordingSink _sink = new();

    public void Dispose()
    {
        _folder.Dispose();
        _registry.Dispose();
    }

    [TestMethod]
    public async Task What_was_pulled_is_not_pulled_again()
    {
        Serve("1", "layer");
        await Source().FindAsync(Name, Amd64, default);
        int before = _registry.Sent.Count;

        BaseImage again = await Source().FindAsync(Name, Amd64, default);

        Assert.AreEqual("GET /v2/team/base/manifests/1", string.Join(' ', _registry.Lines.Skip(before)));
        Assert.AreEqual(_registry.Manifests.Keys.Single(k => k != "1"), again.Digest.ToString());
    }

    [TestMethod]
    public async Task A_digest_that_is_in_the_cache_is_not_asked_for_at_all()
    {
        Digest digest = Serve("1", "layer");
        await Source().FindAsync(Name, Amd64, default);
        int before = _registry.Sent.Count;

        await Source().FindAsync($"{RegistryTest.Host}/team/base@{digest}", Amd64, default);

        Assert.HasCount(before, _registry.Sent);
    }

    [TestMethod]
    public async Task A_tag_that_moved_is_seen_and_one_that_is_locked_stays()
    {
        Digest first = Serve("1", "layer");
        LockedBase locked = await Source().LookUpAsync(Name, Amd64, default);
        Digest second = Serve("1", "another layer");

        Assert.AreEqual(second, (await Source().FindAsync(Name, Amd64, default)).Digest);
        BaseImage pinned = await Source(BaseLock.Of([locked])).FindAsync(Name, Amd64, default);
        Assert.AreEqual(first, pinned.Digest);
        Assert.IsTrue(pinned.IsLocked);
    }

    [TestMethod]
    public async Task An_index_is_locked_with_its_platforms_and_gives_the_one_that_is_asked_for()
    {
        Digest manifest = Serve("amd64", "layer");
        Descriptor unknown = new() { MediaType = MediaTypes.ImageManifest, Digest = Digest.Of("x"u8), Size = 1 };
        ImageIndex index = new()
        {
            Manifests =
            [
                unknown with { Platform = new Platform { OperatingSystem = "linux", Architecture = "arm64" } },
                unknown with { Digest = manifest, Platform = Amd64 },
                unknown with { Platform = new Platform { OperatingSystem = "unknown", Architecture = "unknown" } },
            ],
        };
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Documents.ImageIndex);
        _registry.Manifests["1"] = content;
        _registry.Manifests[Digest.Of(content).ToString()] = content;

        LockedBase locked = await Source().LookUpAsync(Name, Amd64, default);
        BaseImage found = await Source().FindAsync(Name, Amd64, default);

        Assert.AreEqual(Digest.Of(content), locked.Digest);
        Assert.AreEqual("linux/amd64 linux/arm64", string.Join(' ', locked.Platforms.Select(p => p.Platform)));
        Assert.AreEqual(manifest, found.Digest);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.BaseWrongPlatform, () => Source().FindAsync(Name, Amd64 with { Architecture = "arm" }, default));
    }

    [TestMethod]
    public async Task Where_the_registry_is_down_the_image_of_the_last_run_is_used_with_a_warning()
    {
        Digest digest = Serve("1", "layer");
        await Source().FindAsync(Name, Amd64, default);
        _registry.When(_ => true, _ => throw new HttpRequestException("No route to host"));

        Assert.AreEqual(digest, (await Source().FindAsync(Name, Amd64, default)).Digest);
        Assert.AreEqual(DiagnosticCodes.BaseFromCache, string.Join(' ', _sink.Codes));
        await RegistryTest.FailsAsync(
            DiagnosticCodes.RegistryUnreachable, () => Source().FindAsync($"{RegistryTest.Host}/team/base:2", Amd64, default));
    }

    [TestMethod]
    public async Task With_a_lock_file_and_a_full_cache_no_registry_is_needed()
    {
        Serve("1", "layer");
        BaseLock content = BaseLock.Of([await Source().LookUpAsync(Name, Amd64, default)]);
        await Source(content).FindAsync(Name, Amd64, default);
        _registry.When(_ => true, _ => throw new HttpRequestException("No route to host"));

        Assert.IsTrue((await Source(content).FindAsync(Name, Amd64, default)).IsLocked);
        Assert.IsEmpty(_sink.Codes);
    }

    [TestMethod]
    public async Task An_image_that_the_registry_does_not_have_is_said() => Assert.Contains(
        "the registry 'registry.test' has no such image",
        (await RegistryTest.FailsAsync(DiagnosticCodes.BaseUnreadable, () => Source().FindAsync(Name, Amd64, default))).Message);

    [TestMethod]
    public async Task A_mirror_is_asked_instead_and_the_name_stays()
    {
        Serve("1", "layer");
        BaseImageSource source = new(
            _folder["cache"], _ => RegistryTest.Client(_registry), _sink, BaseMirrors.Parse($"mcr.example={RegistryTest.Host}/team"));

        BaseImage found = await source.FindAsync("mcr.example/base:1", Amd64, default);

        Assert.AreEqual("mcr.example/base:1", found.Name);
        Assert.AreEqual(Name, found.PulledFrom);
        Assert.AreEqual(Name, (await source.LookUpAsync("mcr.example/base:1", Amd64, default)).ResolvedFrom);
    }

    [TestMethod]
    public async Task A_mirror_that_does_not_have_an_image_is_passed_over()
    {
        Digest digest = Serve("1", "layer");
        using FakeRegistry empty = new();
        using FakeRegistry down = new();
        down.When(_ => true, _ => throw new HttpRequestException("No route to host"));
        BaseImageSource source = new(
            _folder["cache"],
            name => RegistryTest.Client(
                name.Host switch { "empty.test" => empty, "down.test" => down, _ => _registry }, host: name.Host),
            _sink,
            BaseMirrors.Parse("", $"{RegistryTest.Host}=down.test;{RegistryTest.Host}=empty.test"));

        BaseImage found = await source.FindAsync(Name, Amd64, default);

        Assert.AreEqual(digest, found.Digest);
        Assert.IsNull(found.PulledFrom);
        Assert.IsNotEmpty(down.Sent);
        Assert.IsNotEmpty(empty.Sent);
        Assert.IsEmpty(_sink.Codes);
    }

    private BaseImageSource Source(BaseLock? content = null) => new(
        _folder["cache"], _ => RegistryTest.Client(_registry), _sink, null, new BasePins("edge.lock.json", content, isLocked: content is not null));

    [TestMethod]
    [DataRow("application/vnd.docker.image.rootfs.diff.tar", MediaTypes.Layer)]
    [DataRow("application/vnd.docker.image.rootfs.diff.tar.gzip", MediaTypes.LayerGzip)]
    [DataRow("application/vnd.docker.image.rootfs.diff.tar.zstd", MediaTypes.LayerZstd)]
    public async Task Layers_of_Dockers_kinds_get_the_names_of_OCIs(string docker, string oci)
    {
        Serve("oci", "layer");
        string manifest = System.Text.Encoding.UTF8.GetString(_registry.Manifests["oci"])
            .Replace(MediaTypes.LayerGzip, docker, StringComparison.Ordinal)
            .Replace(MediaTypes.ImageManifest, MediaTypes.DockerManifest, StringComparison.Ordinal)
            .Replace(MediaTypes.ImageConfig, "application/vnd.docker.container.image.v1+json", StringComparison.Ordinal);
        Assert.Contains(docker, manifest);
        _registry.Manifests["1"] = System.Text.Encoding.UTF8.GetBytes(manifest);

        BaseImage found = await Source().FindAsync(Name, Amd64, default);

        Assert.AreEqual(oci, found.Layers.Single().MediaType);
    }

    private Digest Serve(string tag, params string[] layers)
    {
        using TestImage image = new(layers);
        foreach (Descriptor blob in image.Image.Blobs)
        {
            _registry.Blobs[blob.Digest.ToString()] = File.ReadAllBytes(image.Layout.BlobPath(blob.Digest));
        }

        byte[] manifest = File.ReadAllBytes(image.Layout.BlobPath(image.Digest));
        _registry.Manifests[tag] = manifest;
        _registry.Manifests[image.Digest.ToString()] = manifest;
        return image.Digest;
    }
}
