namespace EdgeSlim.Tests;

/// <summary>OpenSSL is linked in where it is needed, and an image without it is refused.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed class OpenSslTests
{
    [TestMethod]
    public void An_application_that_hashes_gets_OpenSSL_linked_in_unless_it_is_said_that_it_does_without()
    {
        using PublishedProject project = new(Apps.Probe);
        using (DeliveredImage image = DeliveredImage.Of(project, project.Commit()))
        {
            Assert.Contains("crypto certain", Needs.Of(project, "needs").Split(", "));
            Assert.Contains("4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A", Podman.Run(image.Reference, "hash").Succeeds().Output);
        }

        using PublishedProject denied = new(Apps.ProbeWithoutOpenSsl);
        denied.Commit();
        denied.EdgeImage().Succeeds();
        Assert.Contains("crypto certain", Needs.Of(denied, "refused").Split(", "));
        Assert.DoesNotContain("crypto", Needs.Of(denied, "needs"));
        Assert.IsLessThan(new FileInfo(project.Binary).Length - 1_000_000, new FileInfo(denied.Binary).Length);
    }

    /// <summary>As it computes it here, with the whole of OpenSSL.</summary>
    [TestMethod]
    public void All_that_NET_computes_with_OpenSSL_it_computes_with_the_one_that_is_linked_in()
    {
        using PublishedProject project = new(Apps.Probe);
        using DeliveredImage image = DeliveredImage.Of(project, project.Commit());
        string output = image.Run([], "compute");
        foreach (string line in CryptographyProbe.Lines())
        {
            Assert.Contains(line, output);
        }
    }

    [TestMethod]
    public void Without_OpenSSL_in_it_an_application_that_needs_it_is_refused_on_scratch()
    {
        using PublishedProject project = new(
            Apps.GatewayWithoutOpenSsl, """<ItemGroup><EdgeNeed Remove="tls" Condition="'$(Denied)' == 'true'" /></ItemGroup>""");
        project.Commit();
        CommandResult result = project.EdgeImage();

        result.FailsWith("EDGE2021");
        Assert.Contains("needs tls", result.Output);
        Assert.Contains("CryptoNative_Ssl", result.Output);
        Assert.IsFalse(Directory.Exists(project.Layout));
        string needs = Needs.Found(project, "needs");
        Assert.Contains("tls certain, crypto possible, ca-certificates certain", needs);
        Assert.Contains("dns certain", needs);
        Assert.Contains("libssl.so certain", Needs.Found(project, "libraries"));

        // A client that speaks http only.
        string denied = project.EdgeImage("-p:Denied=true").Succeeds().Output;
        Assert.DoesNotContain("EDGE20", denied);
        Assert.DoesNotContain("ca-certificates", Needs.Of(project, "needs"));
    }
}
