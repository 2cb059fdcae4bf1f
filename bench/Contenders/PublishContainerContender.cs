using EdgeSlim.Bench.Applications;
using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Contenders;

/// <summary>The .NET SDK's own container support, with the settings that its documentation has for small images.</summary>
internal sealed class PublishContainerContender(Workshop workshop, LocalRegistry registry, BaseImage baseImage, BenchApplication application)
    : Contender(workshop, registry, application)
{
    public const string Aot =
        "<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization><OptimizationPreference>Size</OptimizationPreference>";

    public const string SelfContained = "<SelfContained>true</SelfContained><InvariantGlobalization>true</InvariantGlobalization>";

    public override string Name => "PublishContainer";

    public override string Command => "dotnet publish -t:PublishContainer -p:ContainerRegistry=… -p:ContainerBaseImage=…";

    protected override string Key => "sdk";

    protected override (string SdkLine, string Properties) Project => (
        "",
        $"<RuntimeIdentifier>{Workshop.RuntimeIdentifier}</RuntimeIdentifier><ContainerBaseImage>{baseImage.Reference}</ContainerBaseImage>"
        + (Application.IsSelfContained ? SelfContained : Aot));

    // It keeps nothing of its own that it reads again.
    public override void ForgetImages()
    {
    }

    protected override (double Composing, double Proving) Run(string repository) => (
        Dotnet(
            "publish", "-t:PublishContainer", $"-p:ContainerRegistry={Registry.Address}", $"-p:ContainerRepository={repository}",
            $"-p:ContainerImageTag={Tag}")["CreateNewImage"].Sum(),
        0);
}
