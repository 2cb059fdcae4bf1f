using System.Diagnostics;
using EdgeSlim.Bench.Applications;
using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Contenders;

/// <summary>
/// What a Dockerfile of two stages does: dotnet publish, then the files onto the base image. The first stage is run on this
/// machine and not in a container, which takes less time and gives the same files.
/// </summary>
internal sealed class BuildahContender(Workshop workshop, LocalRegistry registry, BaseImage baseImage, BenchApplication application)
    : Contender(workshop, registry, application)
{
    private readonly Buildah _buildah = new(workshop.Folder($"buildah-storage-{application.Key}"));

    public override string Name => "buildah";

    public override string Command => "dotnet publish -o out && buildah bud --layers -t … . && buildah push …";

    protected override string Key => "buildah";

    protected override (string SdkLine, string Properties) Project => (
        "",
        $"<RuntimeIdentifier>{Workshop.RuntimeIdentifier}</RuntimeIdentifier>"
        + (Application.IsSelfContained ? PublishContainerContender.SelfContained : PublishContainerContender.Aot));

    private string Output => Path.Combine(Folder, "out");

    /// <summary>The base image stays, as it does on a machine that builds every day.</summary>
    public override void ForgetImages()
    {
        _buildah.Clear();
        Workshop.Delete(Output);
        _buildah.Run("pull", "--tls-verify=false", "-q", baseImage.Reference);
    }

    protected override (double Composing, double Proving) Run(string repository)
    {
        Workshop.Run(Folder, "dotnet", "publish", "-c", "Release", "-o", Output);
        string image = $"{Registry.Address}/{repository}:{Tag}";
        string file = Path.Combine(Folder, "Containerfile");
        File.WriteAllText(
            file,
            $"""
            FROM {baseImage.Reference}
            WORKDIR /app
            COPY . .
            ENV ASPNETCORE_HTTP_PORTS=8080
            ENTRYPOINT ["/app/App"]
            """);
        // As the samples of Microsoft's Dockerfiles have it.
        File.WriteAllText(Path.Combine(Folder, ".containerignore"), "**/*.dbg\n**/*.pdb\n**/*.Development.json\n");
        Stopwatch watch = Stopwatch.StartNew();
        _buildah.Run(
            "bud", "--layers", "--isolation", "chroot", "--tls-verify=false", "-q", "--ignorefile", Path.Combine(Folder, ".containerignore"),
            "-f", file, "-t", image, Output);
        _buildah.Run("push", "--tls-verify=false", "-q", image);
        return (watch.Elapsed.TotalSeconds, 0);
    }
}
