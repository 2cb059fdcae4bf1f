using System.Security.Cryptography;

namespace EdgeSlim.Tests;

/// <summary>Kinds of projects as <c>dotnet new</c> makes them, each with the SDK line.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ProjectKindTests
{
    [TestMethod]
    [Rotating(6)]
    [TestCategory(TestKinds.Container)]
    [DataRow("F#")]
    [DataRow("VB")]
    public void The_language_is_the_users(string language)
    {
        using TemporaryFolder parent = new();
        using AgentProject settings = new();
        string folder = parent["Speaker"];
        Command.Run(parent.Path, settings.Environment, "dotnet", "new", "console", "-lang", language, "-o", folder, "--no-restore").Succeeds();
        File.Copy(Path.Combine(settings.Folder, "nuget.config"), Path.Combine(folder, "nuget.config"));
        string file = Directory.GetFiles(folder, "*.*proj").Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("<PropertyGroup>", $"<Sdk Name=\"EdgeSlim.Sdk\" Version=\"{PackedSdk.Version}\" /><PropertyGroup>", StringComparison.Ordinal));

        string output = settings.DotnetIn(
            folder, ["publish", "-t:EdgeImage", "-tl:off", "-p:EdgeTrial=required", "-p:EdgeTrialExit=true", .. RuntimeBase.Options]).Succeeds().Output;

        Assert.Contains("trial      ready in ", output);
    }

    [TestMethod]
    [Rotating(4)]
    public void A_Blazor_application_brings_its_WebAssembly_client()
    {
        using TemporaryFolder parent = new();
        using AgentProject settings = new();
        string folder = parent["Show/Show"];
        Command.Run(parent.Path, settings.Environment, "dotnet", "new", "blazor", "-int", "Auto", "-o", "Show", "--no-restore").Succeeds();
        File.Copy(Path.Combine(settings.Folder, "nuget.config"), parent["Show/nuget.config"]);
        string file = Path.Combine(folder, "Show.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Insert("<Project Sdk=\"Microsoft.NET.Sdk.Web\">".Length, $"<Sdk Name=\"EdgeSlim.Sdk\" Version=\"{PackedSdk.Version}\" />"));

        settings.DotnetIn(folder, "publish", "-t:EdgeImage", "-tl:off", "-p:EdgeMode=selfcontained", "-p:PublishAot=false").Succeeds();

        // The client is the one of the user's own publish.
        string[] users = Served(Path.Combine(folder, "bin/Release/net10.0/publish/wwwroot"));
        Assert.Contains(f => f.Contains("_framework/dotnet.native", StringComparison.Ordinal), users);
        Assert.AreSequenceEqual(users, Served(Path.Combine(folder, "bin/edge/Release/net10.0/linux-x64/publish/wwwroot")));
        static string[] Served(string root) =>
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(f => $"{Path.GetRelativePath(root, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")
                .Order(StringComparer.Ordinal),
        ];
    }
}
