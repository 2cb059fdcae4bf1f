using System.Security.Cryptography;

namespace EdgeSlim.Tests;

/// <summary>The sample GatewayAgent: its report, what an image that grows is compared with, and its budget.</summary>
[TestClass]
[TestCategory(TestKinds.Registry)]
[TestCategory(TestKinds.Compiler)]
public sealed class GatewayReportTests
{
    [TestMethod]
    public async Task What_grew_is_named_and_keeps_the_image_from_being_delivered()
    {
        using var registry = DockerRegistry.Start();
        using PublishedProject project = new(
            Apps.Gateway, """<ItemGroup><EdgeInclude Include="model.bin" Condition="Exists('model.bin')" /></ItemGroup>""");
        project.Commit();
        string[] delivery =
        [
            $"-p:ContainerRegistry={registry.Address}", $"-p:EdgeCompareWith={registry.Address}/gatewayagent:latest", "-p:ContainerImageTags=latest",
            "-p:EdgeSbomFormat=both",
        ];

        // Nothing is there yet to compare with.
        CommandResult first = project.EdgeImage(delivery).Succeeds();
        Assert.Contains("warning EDGE5007", first.Output);
        PublishedReport small = new(project.EdgeFolder, project.Binary);
        small.IsExact();
        Assert.DoesNotContain("regex", small.Advice.Select(a => a.Rule));
        await SampleSbom.HoldsAsync(project.Folder, project.EdgeFolder, [.. SampleSbom.Toolchain, "Microsoft.AspNetCore.App.Runtime.linux-x64 required"]);

        // Compared with the image in the registry, by the report that was pushed beside it.
        File.WriteAllBytes(Path.Combine(project.Folder, "model.bin"), RandomNumberGenerator.GetBytes(1_000_000));
        CommandResult second = project.EdgeImage([.. delivery, "-p:EdgeMaxGrowth=1%", "-p:EdgeMaxImageSize=1MB"]);
        Assert.AreNotEqual(0, second.ExitCode, second.Output);
        Assert.Contains("error EDGE5004: ", second.Output);
        Assert.Contains("error EDGE5005: ", second.Output);
        new PublishedReport(project.EdgeFolder, project.Binary).IsExact();
        Assert.Contains("over gatewayagent:", second.Output);
        Assert.Contains("What grew most, uncompressed: app/model.bin +", second.Output);
        string largest = second.Output.Split('\n').First(l => l.Contains("EDGE5004", StringComparison.Ordinal)).Split("The largest parts, uncompressed: ")[1];
        Assert.HasCount(5, largest.Split(". ")[0].Split(", "));
        Assert.Contains("System.Private.CoreLib", largest);
    }
}
