using EdgeSlim.Bench.Applications;
using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Contenders;

/// <summary>EdgeSlim as it comes. What is self-contained is put on the same base image as with the others.</summary>
internal sealed class EdgeSlimContender(Workshop workshop, LocalRegistry registry, BaseImage baseImage, BenchApplication application)
    : Contender(workshop, registry, application)
{
    // All others choose the base, look, advise and report, and the contenders have nothing like them.
    private static readonly string[] Composing =
        ["_EdgeSlimResolveBase", "_EdgeSlimPullBase", "_EdgeSlimSlim", "_EdgeSlimPlan", "_EdgeSlimCompose", "_EdgeSlimDeliver"];

    public override string Name => "EdgeSlim";

    public override string Command => "dotnet publish -t:EdgeImage -p:ContainerRegistry=…";

    protected override string Key => "edgeslim";

    protected override (string SdkLine, string Properties) Project => (
        Workshop.SdkLine,
        Application.IsSelfContained ? $"<EdgeMode>selfcontained</EdgeMode><EdgeBase>{baseImage.Reference}</EdgeBase>" : "");

    private string Cache => Workshop.Folder($"cache-{Application.Key}");

    public override void ForgetImages()
    {
        Workshop.Delete(Cache);
        foreach (string made in Directory.GetDirectories(Folder, "edge", SearchOption.AllDirectories))
        {
            Workshop.Delete(made);
        }
    }

    protected override (double Composing, double Proving) Run(string repository)
    {
        ILookup<string, double> times = Dotnet(
            "publish", "-t:EdgeImage", $"-p:ContainerRegistry={Registry.Address}", $"-p:ContainerRepository={repository}",
            $"-p:ContainerImageTag={Tag}", $"-p:EdgeCacheDir={Cache}");
        ILookup<bool, double> own = times
            .Where(t => t.Key.StartsWith("_EdgeSlim", StringComparison.Ordinal))
            .ToLookup(t => Composing.Contains(t.Key), t => t.Sum());
        return (own[true].Sum(), own[false].Sum());
    }
}
