namespace EdgeSlim.Tests;

/// <summary>Manifests, bundle and promotion, with the real tasks and no compiler.</summary>
[TestClass]
public sealed class DeploymentTests
{
    private const string Items = """
        <ItemGroup>
          <EdgeSite Include="oslo" Namespace="oslo" Replicas="2" Config="oslo.json" Environment="Region=no" />
          <EdgeNodeSelector Include="kubernetes.io/arch" Value="amd64" />
          <EdgeToleration Include="edge" Effect="NoSchedule" />
          <EdgeEgress Include="10.0.0.0/8" Ports="8883" />
          <EdgeManifestLabel Include="team" Value="field" />
          <EdgeTrialMount Include="/spool" Type="tmpfs" />
          <ContainerPort Include="8080" Type="tcp" />
        </ItemGroup>
        """;

    [TestMethod]
    public void The_manifests_of_the_last_image_say_what_the_project_and_its_trials_said()
    {
        using EvaluatedProject project = StageTests.Faked(Items);
        project.Write("oslo.json", "{}");
        string[] arguments =
            [EvaluatedProject.Publishing, "-p:ContainerRegistry=", "-p:EdgeManifestRegistry=registry.example", "-p:EdgeGitOpsDir=fleet/app", "-p:EdgeTrialHttp=/healthz", "-p:EdgeMaxStop=12s"];
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        string digest = DigestOf(project);
        project.Write(Result(digest, "limits.json"), $$$"""{"digest":"{{{digest}}}","requests":{"cpu":"20m","memory":"16Mi"},"limits":{"cpu":"200m","memory":"32Mi"},"environment":{"DOTNET_gcServer":"0"}}""");
        project.Write(Result(digest, "seccomp.json"), "{}");

        project.Build("EdgeManifests", arguments).Succeeds();

        string deployment = File.ReadAllText(Path.Combine(project.Folder, "bin/edge/manifests/base/deployment.yaml"));
        foreach (string part in new[]
        {
            $"image: registry.example/app@{digest}", "path: /healthz", "port: 8080", "terminationGracePeriodSeconds: 12", "runAsUser: 65532", "memory: 32Mi", "cpu: 20m",
            "name: DOTNET_gcServer", "localhostProfile: edgeslim/app.json", "kubernetes.io/arch: amd64", "effect: NoSchedule", "team: field", "mountPath: /spool", "mountPath: /etc/app",
        })
        {
            Assert.Contains(part, deployment);
        }

        string overlay = Path.Combine(project.Folder, "fleet/app/overlays/oslo/workload.yaml");
        Assert.Contains("replicas: 2", File.ReadAllText(overlay));
        Assert.Contains(", none changed", project.Build("EdgeManifests", arguments).Succeeds().Output);
    }

    [TestMethod]
    public void What_was_found_out_about_another_image_is_ignored_and_that_is_said()
    {
        using EvaluatedProject project = StageTests.Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        string digest = DigestOf(project);
        project.Write(Result(digest, "limits.json"), $$$"""{"digest":"{{{digest}}}","requests":{"cpu":"20m","memory":"16Mi"},"limits":{"cpu":"200m","memory":"32Mi"}}""");
        project.Write(Result(digest, "seccomp.json"), "{}");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:ContainerDescription=another").Succeeds();
        Assert.AreNotEqual(digest, DigestOf(project));

        string output = project.Build("EdgeManifests", EvaluatedProject.Publishing, "-p:ContainerDescription=another").Succeeds().Output;

        Assert.Contains("limits.json' is of another image", output);
        Assert.Contains("seccomp.json' is of another image", output);
        string deployment = File.ReadAllText(Path.Combine(project.Folder, "bin/edge/manifests/base/deployment.yaml"));
        Assert.DoesNotContain("32Mi", deployment);
        Assert.DoesNotContain("localhostProfile", deployment);

        // The image of then has its results still.
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Assert.AreEqual(digest, DigestOf(project));
        project.Build("EdgeManifests", EvaluatedProject.Publishing).Succeeds();
        deployment = File.ReadAllText(Path.Combine(project.Folder, "bin/edge/manifests/base/deployment.yaml"));
        Assert.Contains("32Mi", deployment);
        Assert.Contains("localhostProfile", deployment);
    }

    [TestMethod]
    public void What_failed_its_gates_is_neither_bundled_nor_deployed()
    {
        using EvaluatedProject project = StageTests.Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        project.Build("EdgeBundle", EvaluatedProject.Publishing).Succeeds();

        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:EdgeMaxImageSize=1", "-p:ContainerDescription=another").FailsWith("EDGE5004");
        project.Build("EdgeBundle", EvaluatedProject.Publishing).FailsWith("EDGE7050");
        project.Build("EdgeManifests", EvaluatedProject.Publishing).FailsWith("EDGE7050");

        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        project.Build("EdgeBundle", EvaluatedProject.Publishing).Succeeds();
    }

    [TestMethod]
    public void Without_an_image_there_is_nothing_to_deploy()
    {
        using EvaluatedProject project = StageTests.Faked();
        project.Build("EdgeManifests", EvaluatedProject.Publishing).FailsWith("EDGE7002");
        project.Build("EdgeBundle", EvaluatedProject.Publishing).FailsWith("EDGE7002");
    }

    [TestMethod]
    public void The_bundle_of_the_last_image_is_for_a_site_and_what_cannot_be_is_refused()
    {
        using EvaluatedProject project = StageTests.Faked(Items);
        project.Write("oslo.json", "{}");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();

        project.Build("EdgeBundle", EvaluatedProject.Publishing, "-p:EdgeBundleSite=oslo", "-p:EdgeBundleFile=out/app.tar.gz").Succeeds();

        string listed = Command.Run(project.Folder, "tar", "-tzf", "out/app.tar.gz").Succeeds().Output;
        foreach (string file in new[] { "SHA256SUMS", "install.sh", "images/app.tar", "manifests/app.yaml", "sbom/sbom.cdx.json" })
        {
            Assert.Contains($"app-latest/{file}", listed);
        }

        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "bin/edge/manifests")));
        Assert.Contains("namespace: oslo", Command.Run(project.Folder, "tar", "-xzOf", "out/app.tar.gz", "app-latest/manifests/app.yaml").Succeeds().Output);
        project.Build("EdgeManifests;EdgeBundle", EvaluatedProject.Publishing).Succeeds();
        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, "bin/edge/app-latest.tar.zst")));

        (string Target, string Property, string Code)[] bad =
        [
            ("EdgeBundle", "-p:EdgeBundleSite=bergen", "EDGE7011"), ("EdgeBundle", "-p:EdgeBundleFile=app.zip", "EDGE9004"),
            ("EdgeManifests", "-p:EdgeWorkload=StatefulSet", "EDGE9004"), ("EdgeManifests", "-p:EdgeReplicas=some", "EDGE9004"),
            ("EdgeManifests", "-p:EdgeManifestSeccomp=none", "EDGE9004"), ("EdgeManifests", "-p:EdgeNamespace=No Such", "EDGE7001"),
            ("EdgeManifests", "-p:EdgeCanary=Istio", "EDGE7007"), ("EdgeManifests", "-p:EdgeTrialHttp=healthz", "EDGE6003"),
        ];
        foreach ((string target, string property, string code) in bad)
        {
            project.Build(target, EvaluatedProject.Publishing, property).FailsWith(code);
        }
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void An_image_is_promoted_by_its_digest_and_without_a_build()
    {
        using DockerRegistry staging = DockerRegistry.Start();
        using DockerRegistry production = DockerRegistry.Start();
        using EvaluatedProject project = StageTests.Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, $"-p:ContainerRegistry={staging.Address}", "-p:EdgeDigestFile=digest.txt").Succeeds();
        string image = File.ReadAllText(Path.Combine(project.Folder, "digest.txt")).Trim();
        string to = $"-p:EdgePromoteTo={production.Address}/acme/app";

        string output = project.Build("EdgePromote", $"-p:EdgePromoteFrom={image}", to, "-p:EdgePromoteTags=1.0", "-p:EdgeDigestFile=promoted.txt").Succeeds().Output;

        string digest = image.Split('@')[1];
        Assert.Contains("3 that refer to it", output);
        Assert.AreEqual($"{production.Address}/acme/app@{digest}\n", File.ReadAllText(Path.Combine(project.Folder, "promoted.txt")));
        Command.Require("skopeo", "skopeo");
        Assert.Contains(digest, Command.Run("/", "skopeo", "inspect", "--tls-verify=false", $"docker://{production.Address}/acme/app:1.0").Succeeds().Output);
        project.Build("EdgePromote", $"-p:EdgePromoteFrom={image.Split('@')[0]}:latest", to).FailsWith("EDGE7020");
        project.Build("EdgePromote", $"-p:EdgePromoteFrom={image}").FailsWith("EDGE7021");
        project.Build("EdgePromote", $"-p:EdgePromoteFrom={image[..^4]}0000", to).FailsWith("EDGE7022");
    }

    private static string Result(string digest, string name) => $"bin/edge/results/{digest.Replace(':', '-')}/{name}";

    private static string DigestOf(EvaluatedProject project) =>
        File.ReadAllText(Path.Combine(project.Folder, "bin/edge/oci/index.json")).Split("\"digest\":\"")[1].Split('"')[0];
}
