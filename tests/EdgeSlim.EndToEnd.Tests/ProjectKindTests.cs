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

        Command.Run(parent["Show"], settings.Environment, "git", "init", "-q").Succeeds();

        // Nothing has built the client before.
        settings.DotnetIn(folder, "build", "-c", "Release", "-t:EdgeImage", "-tl:off", "-p:EdgeMode=selfcontained").Succeeds();
        settings.DotnetIn(folder, "publish", "-tl:off").Succeeds();

        // The client's own assembly is without the paths of the build machine; all that comes from packages is the same.
        string users = Path.Combine(folder, "bin/Release/net10.0/publish/wwwroot");
        string images = Path.Combine(folder, "bin/edge/Release/net10.0/linux-x64/publish/wwwroot");
        Assert.Contains(f => f.StartsWith("_framework/dotnet.native", StringComparison.Ordinal), OfPackages(users));
        Assert.AreSequenceEqual(OfPackages(users), OfPackages(images));
        Assert.HasCount(1, Directory.GetFiles(images, "Show.Client.*.wasm", SearchOption.AllDirectories));
        Assert.IsEmpty(Directory.EnumerateFiles(images, "*.wasm", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains(parent.Path, StringComparison.Ordinal)));
        static string[] OfPackages(string root) =>
        [
            .. Directory.EnumerateFiles(root, "*.wasm", SearchOption.AllDirectories)
                .Where(f => !Path.GetFileName(f).StartsWith("Show.Client.", StringComparison.Ordinal))
                .Select(f => $"{Path.GetRelativePath(root, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")
                .Order(StringComparer.Ordinal),
        ];
    }

    [TestMethod]
    [Rotating(4)]
    public void The_pages_and_files_of_a_Razor_library_are_in_the_image_of_a_project_that_nothing_has_built()
    {
        using TemporaryFolder folder = new();
        BaseImages.Runtime(folder["aspnet"], "/usr/share/dotnet", isWeb: true);
        using AgentProject project = new(
            "Shop",
            "<EdgeMode>framework</EdgeMode><DefaultItemExcludes>$(DefaultItemExcludes);Parts/**</DefaultItemExcludes>",
            "<ProjectReference Include=\"Parts/Parts.csproj\" />",
            "var app = WebApplication.Create(args); app.MapStaticAssets(); app.Run();",
            "Microsoft.NET.Sdk.Web");
        project.Write(
            "Parts/Parts.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk.Razor">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
            </Project>
            """);
        project.Write("Parts/wwwroot/parts.css", "body { margin: 0 }");
        project.Commit();

        project.Dotnet("build", "-c", "Release", "-t:EdgeImage", "-tl:off", $"-p:EdgeBase=oci:{folder["aspnet"]}").Succeeds();

        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, "bin/edge/Release/net10.0/linux-x64/publish/wwwroot/_content/Parts/parts.css")));
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "Parts/obj/Release")));
    }
}
