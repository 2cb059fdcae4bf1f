using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Oci;

/// <summary>The documents' bytes are their digest: each field has its place and its spelling for ever.</summary>
[TestClass]
public sealed class OciJsonTests
{
    private const string Empty = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static readonly Descriptor Config = new() { MediaType = MediaTypes.ImageConfig, Digest = Digest.Parse(Empty), Size = 2 };

    [TestMethod]
    [DataRow("""{"config":CONFIG,"layers":[null]}""", "layers", DisplayName = "A layer")]
    [DataRow("""{"config":CONFIG,"layers":[CONFIG,null]}""", "layers", DisplayName = "The second layer")]
    public void A_manifest_with_nothing_for_a_layer_is_refused(string json, string field) =>
        Refused(json, field, OciJson.Documents.ImageManifest);

    [TestMethod]
    public void An_index_with_nothing_for_a_manifest_is_refused() =>
        Refused("""{"manifests":[null]}""", "manifests", OciJson.Documents.ImageIndex);

    [TestMethod]
    [DataRow("""{"Env":[null]}""", "Env")]
    [DataRow("""{"Entrypoint":["/app",null]}""", "Entrypoint")]
    [DataRow("""{"Cmd":[null]}""", "Cmd")]
    public void A_configuration_with_nothing_for_a_word_is_refused(string config, string field) => Refused(
        $$$"""{"architecture":"amd64","os":"linux","config":{{{config}}},"rootfs":{"type":"layers","diff_ids":[]}}""",
        field,
        OciJson.Documents.ImageConfig);

    [TestMethod]
    public void A_configuration_with_nothing_for_a_history_entry_is_refused() => Refused(
        """{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]},"history":[null]}""",
        "history",
        OciJson.Documents.ImageConfig);

    [TestMethod]
    public void A_manifest_has_the_fields_of_the_specification()
    {
        var manifest = new ImageManifest
        {
            Config = Config,
            Layers = [Config with { MediaType = MediaTypes.LayerGzip, Size = 7 }],
            Annotations = new SortedDictionary<string, string> { ["org.opencontainers.image.title"] = "größe + <x> & 'y'" },
        };
        Same(
            """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"EMPTY","size":2},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"EMPTY","size":7}],"annotations":{"org.opencontainers.image.title":"größe + <x> & 'y'"}}""",
            manifest,
            OciJson.Documents.ImageManifest);
    }

    [TestMethod]
    public void An_index_has_the_fields_of_the_specification()
    {
        var index = new ImageIndex
        {
            Manifests =
            [
                Config with
                {
                    MediaType = MediaTypes.ImageManifest,
                    Platform = Platform.FromRuntimeIdentifier("linux-arm"),
                    Annotations = new SortedDictionary<string, string> { [ImageLayout.RefNameAnnotation] = "1.0" },
                },
            ],
        };
        Same(
            """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"EMPTY","size":2,"platform":{"architecture":"arm","os":"linux","variant":"v7"},"annotations":{"org.opencontainers.image.ref.name":"1.0"}}]}""",
            index,
            OciJson.Documents.ImageIndex);
    }

    [TestMethod]
    public void A_configuration_has_the_fields_of_the_specification()
    {
        var config = new ImageConfig
        {
            Created = "2025-06-06T23:09:10Z",
            Architecture = "amd64",
            OperatingSystem = "linux",
            Config = new ContainerConfig
            {
                User = "65532",
                ExposedPorts = new SortedDictionary<string, EmptyObject> { ["8080/tcp"] = new() },
                Env = ["A=b"],
                Entrypoint = ["/app/app"],
                Cmd = ["--x"],
                WorkingDir = "/app",
                Labels = new SortedDictionary<string, string> { ["Key"] = "Value" },
            },
            RootFileSystem = new RootFileSystem { DiffIds = [Digest.Parse(Empty)] },
            History = [new HistoryEntry { Created = "1970-01-01T00:00:00Z", CreatedBy = "EdgeSlim", Comment = "app" }],
        };
        Same(
            """{"created":"2025-06-06T23:09:10Z","architecture":"amd64","os":"linux","config":{"User":"65532","ExposedPorts":{"8080/tcp":{}},"Env":["A=b"],"Entrypoint":["/app/app"],"Cmd":["--x"],"WorkingDir":"/app","Labels":{"Key":"Value"}},"rootfs":{"type":"layers","diff_ids":["EMPTY"]},"history":[{"created":"1970-01-01T00:00:00Z","created_by":"EdgeSlim","comment":"app"}]}""",
            config,
            OciJson.Documents.ImageConfig);
    }

    [TestMethod]
    public void What_a_base_says_beyond_that_is_kept()
    {
        const string Text =
            """{"architecture":"amd64","os":"linux","config":{"Env":["A=b"],"Volumes":{"/data":{}},"StopSignal":"SIGINT","Healthcheck":{"Test":["CMD","x"],"Interval":30000000000}},"rootfs":{"type":"layers","diff_ids":[]},"history":[{"created":"2023-01-02T03:04:05.123456789Z","author":"a","empty_layer":true}]}""";
        Same(Text, JsonSerializer.Deserialize(Text, OciJson.Documents.ImageConfig)!, OciJson.Documents.ImageConfig);
    }

    [TestMethod]
    [DataRow("linux-x64", "linux/amd64")]
    [DataRow("linux-arm64", "linux/arm64")]
    [DataRow("linux-arm", "linux/arm/v7")]
    [DataRow("linux-musl-x64", "linux/amd64")]
    [DataRow("linux-musl-arm64", "linux/arm64")]
    [DataRow("linux-musl-arm", "linux/arm/v7")]
    [DataRow("linux-bionic-arm64", null)]
    [DataRow("linux-x86", null)]
    [DataRow("linux", null)]
    [DataRow("win-x64", null)]
    [DataRow("osx-arm64", null)]
    [DataRow("linux-riscv64", null)]
    [DataRow("Linux-x64", null)]
    [DataRow("", null)]
    public void A_runtime_identifier_has_a_platform_or_none(string runtimeIdentifier, string? platform) =>
        Assert.AreEqual(platform, Platform.FromRuntimeIdentifier(runtimeIdentifier)?.ToString());

    [TestMethod]
    public void The_identifiers_that_messages_name_are_the_ones_that_have_a_platform()
    {
        foreach (string runtimeIdentifier in Platform.KnownRuntimeIdentifiers.Split(", "))
        {
            Assert.IsNotNull(Platform.FromRuntimeIdentifier(runtimeIdentifier), runtimeIdentifier);
        }
    }

    private static void Same<T>(string expected, T document, JsonTypeInfo<T> type) =>
        Assert.AreEqual(expected.Replace("EMPTY", Empty, StringComparison.Ordinal), JsonSerializer.Serialize(document, type));

    private static void Refused<T>(string json, string field, JsonTypeInfo<T> type)
    {
        string config = $$"""{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Empty}}","size":2}""";
        JsonException refused = Assert.ThrowsExactly<JsonException>(
            () => JsonSerializer.Deserialize(json.Replace("CONFIG", config, StringComparison.Ordinal), type));
        Assert.Contains($"'{field}'", refused.Message);
    }
}
