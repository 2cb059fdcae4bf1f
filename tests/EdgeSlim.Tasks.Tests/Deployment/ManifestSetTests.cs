using EdgeSlim.Deployment.Manifests;
using k8s;
using k8s.Models;

namespace EdgeSlim.Tests.Deployment;

[TestClass]
public sealed class ManifestSetTests
{
    private static readonly Dictionary<string, (Workload Workload, IReadOnlyList<Site> Sites)> Cases = new()
    {
        ["agent"] = (WorkloadSamples.Agent(), []),
        ["gateway"] = (WorkloadSamples.Gateway(), WorkloadSamples.Sites()),
        ["daemonset"] = (WorkloadSamples.Gateway() with { Kind = WorkloadKind.DaemonSet, Namespace = null, RuntimeClass = null }, WorkloadSamples.Sites()),
        ["kubeedge"] = (
            WorkloadSamples.Agent() with
            {
                Kind = WorkloadKind.KubeEdge,
                NodeSelector = WorkloadItems.EdgeNodes,
                Tolerations = WorkloadItems.EdgeTolerations,
                PrePull = true,
            },
            [new Site { Name = "own", Digest = WorkloadSamples.Second, RuntimeClass = "wasmtime" }]),
        ["istio"] = (WorkloadSamples.Gateway() with { Canary = new Canary(CanaryRouter.Istio, 20, WorkloadSamples.Second, null) }, []),
        ["gateway-api"] = (WorkloadSamples.Gateway() with { Canary = new Canary(CanaryRouter.GatewayApi, 5, WorkloadSamples.Second, "infra/edge") }, []),
    };

    public static IEnumerable<string> Names => Cases.Keys;

    /// <summary>With EDGESLIM_WRITE_GOLDEN set the files are written, to be looked at in the diff.</summary>
    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_files_are_those_that_were_approved(string name)
    {
        string folder = Path.Combine(Repository.Root, "tests/assets/manifests", name);
        IReadOnlyDictionary<string, string> files = ManifestSet.Write(Cases[name].Workload, Cases[name].Sites);
        if (Environment.GetEnvironmentVariable("EDGESLIM_WRITE_GOLDEN") is not null)
        {
            new ManifestFolder(folder).Write(files);
        }

        string[] approved = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(approved, files.Keys.ToArray());
        foreach ((string path, string text) in files)
        {
            Assert.AreEqual(File.ReadAllText(Path.Combine(folder, path)), text, path);
        }
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    [DynamicData(nameof(Names))]
    public void Kubectl_takes_base_and_overlays_and_makes_of_them_what_a_bundle_has(string name)
    {
        (Workload workload, IReadOnlyList<Site> sites) = Cases[name];
        using TemporaryFolder folder = new();
        new ManifestFolder(folder.Path).Write(ManifestSet.Write(workload, sites));

        AreEqual(ManifestSet.WriteWhole(workload), Kubectl.Kustomize(folder["base"]));
        foreach (Site site in sites)
        {
            AreEqual(ManifestSet.WriteWhole(site.ApplyTo(workload)), Kubectl.Kustomize(folder[$"overlays/{site.Name}"]));
        }
    }

    [TestMethod]
    public void A_field_that_is_misspelt_would_not_be_read()
    {
        string yaml = ManifestSet.WriteWhole(WorkloadSamples.Agent()).Replace("runAsNonRoot", "runAsNonroot", StringComparison.Ordinal);
        Assert.Throws<Exception>(() => Kubectl.ReadStrictly(yaml));
    }

    [TestMethod]
    public void Any_text_comes_back_as_it_was()
    {
        string[] texts =
        [
            "", "0x10", "0o17", "017", "1_000", "1e3", "12:30:45", "2026-01-02", "yes", "No", "off", "~", "null", "true", ".inf", "=", "- a", "a: b", "a #b",
            "#", "'", "\"", "\\", "a\r\nb\r\n", "\ta", " a\nb", "a\n\nb\n\n", "\n", "a\n", "a\nb", "tab\there", "größe 😀", "\u0001\u2028", "\ufeff{}", "{{x}}", "*a", "&a", "!a", "%a", "@a", "`a",
            "100Mi", "-1", "+1", ".5", "a:b", "x:", "0b11", "line \nwith space at its end", "---\na\n",
        ];
        Workload workload = WorkloadSamples.Agent() with
        {
            ConfigFolder = "/etc/agent",
            Config = [.. texts.Select((text, i) => WorkloadSamples.Entry($"f{i:00}", text)), new ConfigEntry("raw", [0xff, 0, 1])],
            Environment = texts.Where(t => !t.Contains('\u0001')).Select((text, i) => ($"V{i:00}", text)).ToDictionary(),
        };
        using TemporaryFolder folder = new();
        new ManifestFolder(folder.Path).Write(ManifestSet.Write(workload, []));
        List<object> read = KubernetesYaml.LoadAllFromString(Kubectl.Kustomize(folder["base"]), strict: true);

        V1ConfigMap config = read.OfType<V1ConfigMap>().Single();
        CollectionAssert.AreEqual(texts, config.Data.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value).ToArray());
        CollectionAssert.AreEqual(new byte[] { 0xff, 0, 1 }, config.BinaryData["raw"]);
        CollectionAssert.AreEqual(
            workload.Environment.Values.ToArray(),
            read.OfType<V1Deployment>().Single().Spec.Template.Spec.Containers[0].Env.Select(v => v.Value ?? "").ToArray());
    }

    [TestMethod]
    public void Another_image_changes_one_line()
    {
        using TemporaryFolder folder = new();
        ManifestFolder target = new(folder.Path);
        Workload workload = WorkloadSamples.Gateway();
        target.Write(ManifestSet.Write(workload, WorkloadSamples.Sites()));
        string before = File.ReadAllText(folder["base/deployment.yaml"]);
        DateTime untouched = File.GetLastWriteTimeUtc(folder["base/service.yaml"]);

        Assert.IsEmpty(target.Write(ManifestSet.Write(workload, WorkloadSamples.Sites())));
        IReadOnlyList<string> changed = target.Write(ManifestSet.Write(workload with { Digest = WorkloadSamples.Second }, WorkloadSamples.Sites()));

        Assert.AreEqual("base/deployment.yaml", changed.Single());
        string[] lines = [.. File.ReadAllText(folder["base/deployment.yaml"]).Split('\n').Except(before.Split('\n'))];
        Assert.AreEqual($"image: ghcr.io/acme/gateway@{WorkloadSamples.Second}", lines.Single().Trim());
        Assert.AreEqual(untouched, File.GetLastWriteTimeUtc(folder["base/service.yaml"]));
    }

    private static void AreEqual(string whole, string kustomized)
    {
        SortedDictionary<string, string> expected = Kubectl.ReadStrictly(whole);
        // kubectl leaves out the namespace itself, which a base does not make.
        expected.Keys.Where(k => k.StartsWith("Namespace/", StringComparison.Ordinal)).ToList().ForEach(k => expected.Remove(k));
        SortedDictionary<string, string> seen = Kubectl.ReadStrictly(kustomized);
        CollectionAssert.AreEqual(expected.Keys, seen.Keys);
        foreach ((string name, string text) in expected)
        {
            Assert.AreEqual(text, seen[name], name);
        }
    }
}
