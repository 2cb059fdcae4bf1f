using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The image of a project, in the container engine for as long as a test needs it.</summary>
internal sealed class DeliveredImage : IDisposable
{
    private DeliveredImage(IImageProject project, string commit)
    {
        Reference = $"localhost/{project.ImageName}:{commit[..12]}";
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        CompressedBytes = facts.RootElement.GetProperty("image").GetProperty("compressedBytes").GetInt64();
    }

    public string Reference { get; }

    /// <summary>All blobs of the image: what a device downloads.</summary>
    public long CompressedBytes { get; }

    /// <summary>Publishes the project on the base that EdgeSlim picks, which is to be scratch.</summary>
    public static DeliveredImage Of(IImageProject project, string commit, params string[] arguments) =>
        On("scratch", project, commit, arguments);

    /// <summary>Publishes a project, which is to get a certain base.</summary>
    public static DeliveredImage On(string expectedBase, IImageProject project, string commit, params string[] arguments)
    {
        string output = project.EdgeImage(["-p:EdgeLoad=true", $"-p:ContainerRepository={project.ImageName}", .. arguments]).Succeeds().Output;
        Assert.Contains($"base       {expectedBase}", output);
        Assert.DoesNotContain("EDGE20", output);
        return new DeliveredImage(project, commit);
    }

    /// <summary>Runs it to its end, with the host's network.</summary>
    public string Run(string[] options, params string[] arguments) =>
        Podman.RunWith([.. Podman.OnHostNetwork, .. options], Reference, arguments).Succeeds().Output;

    public void Dispose() => Podman.Remove(Reference);
}
