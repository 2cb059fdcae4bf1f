namespace EdgeSlim.Tests;

[TestClass]
public sealed class HelloTests
{
    [TestMethod]
    public void Try_it()
    {
        using PublishedProject project = new(Apps.Hello);
        project.Commit();
        string output = project.EdgeImage().Succeeds().Output;
        System.Console.WriteLine(output);
        Assert.Contains($"helloagent:{project.Tag} (linux/amd64)", output);
    }
}
