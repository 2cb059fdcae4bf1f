namespace EdgeSlim.Tests;

/// <summary>The sample GatewayAgent: what its report says of its avoidable part is true.</summary>
[TestClass]
[TestCategory(TestKinds.Registry)]
[TestCategory(TestKinds.Compiler)]
[TestCategory(TestKinds.Long)]
public sealed class GatewayAgentTests
{
    [TestMethod]
    [Rotating(9)]
    public async Task The_avoidable_part_is_named_with_what_it_costs_and_keeps_the_image_from_being_delivered()
    {
        using var registry = DockerRegistry.Start();
        using AgentProject project = SampleProject.Create("GatewayAgent");
        project.Commit();
        string[] delivery = [$"-p:ContainerRegistry={registry.Address}", $"-p:EdgeCompareWith={registry.Address}/gatewayagent:latest", "-p:ContainerImageTags=latest"];

        // Nothing is there yet to compare with.
        CommandResult first = project.EdgeImage(delivery).Succeeds();
        Assert.Contains("warning EDGE5007", first.Output);
        PublishedReport small = new(project.EdgeFolder, project.Binary);
        small.IsExact();
        Assert.DoesNotContain("regex", small.Advice.Select(a => a.Rule));
        long before = Size(small);
        await SampleSbom.HoldsAsync(project.Folder, project.EdgeFolder, [.. SampleSbom.Toolchain, "Microsoft.AspNetCore.App.Runtime.linux-x64 required"]);

        CommandResult second = project.EdgeImage([.. delivery, "-p:GatewayFilter=expressions", "-p:EdgeMaxGrowth=1%", "-p:EdgeMaxImageSize=1MB"]);
        Assert.AreNotEqual(0, second.ExitCode, second.Output);
        Assert.Contains("error EDGE5004: ", second.Output);
        Assert.Contains("error EDGE5005: ", second.Output);
        PublishedReport large = new(project.EdgeFolder, project.Binary);
        large.IsExact();
        long saved = Size(large) - before;

        // What is measured comes first, and of that the largest saving.
        (string rule, long bytes, string text) = large.Advice[0];
        Assert.AreEqual("regex", rule);
        Assert.Contains("ReadingFilter", text);
        Assert.IsGreaterThan(saved * 6 / 10, bytes, $"{bytes} of {saved} bytes");
        Assert.IsLessThan(saved * 12 / 10, bytes, $"{bytes} of {saved} bytes");

        // Compared with the image in the registry, by the report that was pushed beside it.
        Assert.Contains("over gatewayagent:", second.Output);
        Assert.Contains("What grew most, uncompressed: System.Text.RegularExpressions +", second.Output);
        string largest = second.Output.Split('\n').First(l => l.Contains("EDGE5004", StringComparison.Ordinal)).Split("The largest parts, uncompressed: ")[1];
        Assert.HasCount(5, largest.Split(". ")[0].Split(", "));
        Assert.Contains("System.Private.CoreLib", largest);
    }

    private static long Size(PublishedReport report) => report.Root.GetProperty("image").GetProperty("uncompressedBytes").GetInt64();
}
