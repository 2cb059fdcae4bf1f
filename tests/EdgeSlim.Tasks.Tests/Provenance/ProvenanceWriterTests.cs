using System.Text;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Oci;
using EdgeSlim.Provenance;
using EdgeSlim.Sbom;
using EdgeSlim.Tests.Sbom;

namespace EdgeSlim.Tests.Provenance;

[TestClass]
public sealed class ProvenanceWriterTests
{
    private static readonly Digest Image = Digest.Of("image"u8);

    private static readonly ProvenanceRequest Request = new()
    {
        Repository = "acme/agent",
        Digest = Image,
        Project = "src/Agent/Agent.csproj",
        Properties = new Dictionary<string, string> { ["RuntimeIdentifier"] = "linux-x64", ["EdgeMode"] = "aot", ["EdgeCultures"] = "" },
        BuilderId = "https://ci.example.com/agents",
        Tools = new Dictionary<string, string> { ["dotnet-sdk"] = "10.0.401", ["clang"] = "Debian clang version 14.0.6", ["EdgeSlim.Sdk"] = "0.1.0" },
        Source = new SourceRevision
        {
            Origin = RevisionOrigin.Git,
            Commit = "9c5a2b1d3e4f5061728394a5b6c7d8e9f0a1b2c3",
            Branch = "main",
            RemoteUrl = "https://git.example.com/acme/agent",
        },
        Inventory = SbomSamples.Inventory,
        BaseDigest = Digest.Of("base"u8),
        Documents = [("sbom.cdx.json", Digest.Of("sbom"u8))],
    };

    [TestMethod]
    public void A_statement_says_what_was_made_of_what_by_whom()
    {
        JsonElement statement = Write(Request);
        Assert.AreEqual("https://in-toto.io/Statement/v1", statement.GetProperty("_type").GetString());
        Assert.AreEqual("https://slsa.dev/provenance/v1", statement.GetProperty("predicateType").GetString());
        JsonElement subject = statement.GetProperty("subject").EnumerateArray().Single();
        Assert.AreEqual("acme/agent", subject.GetProperty("name").GetString());
        Assert.AreEqual(Image.Hex, subject.GetProperty("digest").GetProperty("sha256").GetString());

        JsonElement definition = statement.GetProperty("predicate").GetProperty("buildDefinition");
        Assert.AreEqual("https://edgeslim.dev/edge-image/v1", definition.GetProperty("buildType").GetString());
        Assert.AreEqual(
            """{"project":"src/Agent/Agent.csproj","properties":{"EdgeMode":"aot","RuntimeIdentifier":"linux-x64"}}""",
            JsonSerializer.Serialize(definition.GetProperty("externalParameters")));

        JsonElement details = statement.GetProperty("predicate").GetProperty("runDetails");
        Assert.AreEqual("https://ci.example.com/agents", details.GetProperty("builder").GetProperty("id").GetString());
        Assert.AreEqual("Debian clang version 14.0.6", details.GetProperty("builder").GetProperty("version").GetProperty("clang").GetString());
        Assert.AreEqual(Digest.Of("sbom"u8).Hex, details.GetProperty("byproducts")[0].GetProperty("digest").GetProperty("sha256").GetString());
        Assert.IsFalse(details.TryGetProperty("metadata", out _), "Times and numbers of runs make each run's statement another one.");
    }

    [TestMethod]
    public void What_was_taken_is_the_source_the_base_and_what_was_restored_and_linked()
    {
        JsonElement[] taken = Taken(Request);
        Assert.AreEqual("git+https://git.example.com/acme/agent@refs/heads/main", taken[0].GetProperty("uri").GetString());
        Assert.AreEqual(Request.Source.Commit, taken[0].GetProperty("digest").GetProperty("gitCommit").GetString());
        Assert.IsFalse(taken[0].TryGetProperty("annotations", out _));
        Assert.AreEqual(Digest.Of("base"u8).Hex, taken[1].GetProperty("digest").GetProperty("sha256").GetString());
        Assert.StartsWith("pkg:oci/base@", taken[1].GetProperty("uri").GetString()!);
        Assert.AreEqual(
            new string('a', 128),
            taken.Single(t => Uri(t) == "pkg:nuget/Used.Package@1.2.3").GetProperty("digest").GetProperty("sha512").GetString());
        // What was linked away was taken all the same.
        Assert.HasCount(1, taken.Where(t => Uri(t) == "pkg:nuget/Unused.Package@12.0.3"));
        Assert.HasCount(taken.Length, taken.Select(t => t.GetRawText()).Distinct());
    }

    [TestMethod]
    public void A_pack_counts_once_and_under_the_name_that_it_was_fetched_by()
    {
        Component pack = new()
        {
            Kind = ComponentKind.Framework,
            Name = "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64",
            Version = "10.0.12",
            IsPresent = true,
            Evidence = "linked in",
            Purl = "pkg:nuget/Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64@10.0.12",
            Hash = new string('c', 128),
        };
        Component alias = pack with
        {
            Name = "Microsoft.NETCore.App.Runtime.linux-x64",
            Purl = "pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@10.0.12",
            Hash = null,
        };
        JsonElement[] taken = Taken(Request with { BaseDigest = null, Inventory = SbomSamples.Inventory with { Components = [alias, pack] } });
        Assert.AreEqual(pack.Purl, Uri(taken.Skip(1).Single()));
    }

    [TestMethod]
    public void A_changed_work_tree_is_said()
    {
        JsonElement source = Taken(Request with { Source = Request.Source with { IsDirty = true, RemoteUrl = null } })[0];
        Assert.AreEqual("true", source.GetProperty("annotations").GetProperty("modified").GetString());
        Assert.IsFalse(source.TryGetProperty("uri", out _));
    }

    [TestMethod]
    public void An_index_is_made_of_its_images()
    {
        using TemporaryFolder folder = new();
        using Registry.TestImage first = new(folder, "one");
        using Registry.TestImage second = new(folder, "two");
        LayoutTree tree = Registry.TestImage.Index(first, second);
        JsonElement[] taken = Taken(Request with { Inventory = null, BaseDigest = null, Digest = tree.Root.Digest, Images = tree.Images });
        CollectionAssert.AreEqual(
            tree.Images.Select(i => i.Descriptor.Digest.Hex).ToArray(),
            taken.Skip(1).Select(t => t.GetProperty("digest").GetProperty("sha256").GetString()).ToArray());
    }

    [TestMethod]
    public void The_same_build_gives_the_same_bytes()
    {
        ProvenanceRequest shuffled = Request with
        {
            Tools = new Dictionary<string, string>(Request.Tools.Reverse()),
            Properties = new Dictionary<string, string>(Request.Properties.Reverse()),
        };
        CollectionAssert.AreEqual(ProvenanceWriter.Write(Request), ProvenanceWriter.Write(shuffled));
    }

    [TestMethod]
    [DataRow("", "https://github.com", "acme/agent/.github/workflows/image.yml@refs/heads/main", "", "", "https://github.com/acme/agent/.github/workflows/image.yml@refs/heads/main")]
    [DataRow("", "", "", "https://gitlab.example.com/acme/agent", "12", "https://gitlab.example.com/acme/agent/-/runners/12")]
    [DataRow("", "https://github.com", "", "", "", BuilderId.Unknown)]
    [DataRow("https://ci.example.com/a", "https://github.com", "x", "", "", "https://ci.example.com/a")]
    [DataRow("urn:example:builder", "", "", "", "", "urn:example:builder")]
    public void The_builder_is_who_the_user_says_or_else_the_CI_service(string asked, string github, string workflow, string gitlab, string runner, string expected) =>
        Assert.AreEqual(expected, BuilderId.Find(asked, name => name switch
        {
            "GITHUB_SERVER_URL" => github,
            "GITHUB_WORKFLOW_REF" => workflow,
            "CI_PROJECT_URL" => gitlab,
            "CI_RUNNER_ID" => runner,
            _ => null,
        }));

    [TestMethod]
    [DataRow("our own machine")]
    [DataRow("/home/me")]
    [DataRow("https://me:secret@ci.example.com")]
    public void A_builder_that_is_no_address_is_an_error(string asked) =>
        Assert.AreEqual(DiagnosticCodes.InvalidPropertyValue, Assert.ThrowsExactly<EdgeException>(() => BuilderId.Find(asked, _ => null)).Code);

    private static JsonElement Write(ProvenanceRequest request) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(ProvenanceWriter.Write(request))).RootElement;

    private static JsonElement[] Taken(ProvenanceRequest request) =>
        [.. Write(request).GetProperty("predicate").GetProperty("buildDefinition").GetProperty("resolvedDependencies").EnumerateArray()];

    private static string? Uri(JsonElement taken) => taken.TryGetProperty("uri", out JsonElement uri) ? uri.GetString() : null;
}
