using System.Security.Cryptography;

namespace EdgeSlim.Tests;

/// <summary>
/// The image's build and the user's, in one command and one after the other: each has its own folders and packages, and what the
/// user set reaches the image. The applications run on a runtime in their base, so that nothing is compiled to native code.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ImageBuildTests
{
    [TestMethod]
    public void After_a_plain_restore_and_a_plain_build_the_image_is_made_and_their_files_stay()
    {
        using AgentProject project = WithLibraries();
        project.Dotnet("restore").Succeeds();
        project.Dotnet("build", "-c", "Release", "--no-restore", "-tl:off").Succeeds();
        SortedDictionary<string, string> before = Files(project.Folder);

        string image = Digest(project, project.PublishImage(["--no-restore", "--no-build", .. RuntimeBase.Options]));
        SortedDictionary<string, string> after = Files(project.Folder);
        Assert.IsEmpty(before.Where(f => after.GetValueOrDefault(f.Key) != f.Value).Select(f => f.Key));
        Assert.DoesNotContain("Words.dll", project.Dotnet("build", "-c", "Release", "-v:n", "-tl:off").Succeeds().Output.Split("CoreCompile:")[0]);

        // Twice, and on several nodes.
        Assert.AreEqual(image, Digest(project, project.EdgeImage(["-m:4", .. RuntimeBase.Options])));
    }

    [TestMethod]
    public void The_line_may_stand_in_Directory_Build_props_for_all_projects()
    {
        using AgentProject project = WithLibraries();
        string file = Path.Combine(project.Folder, "Agent.csproj");
        string line = $"""<Sdk Name="EdgeSlim.Sdk" Version="{PackedSdk.Version}" />""";
        File.WriteAllText(file, File.ReadAllText(file).Replace(line, "", StringComparison.Ordinal));
        project.Write("Directory.Build.props", $"<Project>{line}</Project>");
        project.Commit();

        Digest(project, project.PublishImage(RuntimeBase.Options));

        project.DotnetIn(Path.Combine(project.Folder, "Words"), "build", "-c", "Release", "-t:EdgeImage", "-tl:off").FailsWith("EDGE9002");
    }

    [TestMethod]
    public void A_pipeline_that_wants_the_image_alone_builds_nothing_else()
    {
        using AgentProject project = WithLibraries();
        project.Commit();

        Digest(project, project.Dotnet(["build", "-c", "Release", "-t:EdgeImage", "-tl:off", .. RuntimeBase.Options]));

        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "bin/Release/net10.0/Agent.dll")));
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "Words/bin/Release")));
        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, "Words/bin/edge/Release/net10.0/Words.dll")));
    }

    [TestMethod]
    [Rotating(10)]
    public void Folders_that_the_command_line_names_are_those_of_the_users_build()
    {
        using AgentProject project = WithLibraries();
        project.Commit();
        using TemporaryFolder other = new();

        string image = Digest(project, project.PublishImage(["-o", other["out"], .. RuntimeBase.Options]));

        Assert.IsTrue(File.Exists(Path.Combine(other["out"], "Agent.dll")));
        Assert.IsFalse(Directory.Exists(Path.Combine(other["out"], "edge")));
        Assert.AreEqual(image, Digest(project, project.PublishImage([.. RuntimeBase.Options, $"-p:OutDir={other["bin"]}/", "-p:NoBuild=false"])));
    }

    [TestMethod]
    public void A_publish_profile_is_a_part_of_the_project()
    {
        using AgentProject project = WithLibraries();
        project.Write(
            "Properties/PublishProfiles/edge.pubxml",
            """
            <Project><PropertyGroup>
              <PublishDir>somewhere/</PublishDir>
              <EdgeMode>selfcontained</EdgeMode>
              <ContainerRepository>of-the-profile</ContainerRepository>
            </PropertyGroup></Project>
            """);
        string tag = project.Commit()[..12];

        string output = project.PublishImage("-p:PublishProfile=edge").Succeeds().Output;

        Assert.Contains($"of-the-profile:{tag} (linux/amd64)", output);
        Assert.Contains("\"mode\": \"selfcontained\"", File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, "somewhere/Agent.dll")));
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "somewhere/edge")));
    }

    [TestMethod]
    [Rotating(11)]
    public void The_configuration_may_have_a_space_in_its_name()
    {
        using AgentProject project = WithLibraries();
        project.Commit();

        project.PublishImage(["-c", "Edge Release", .. RuntimeBase.Options]).Succeeds();

        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, "bin/Edge Release/net10.0/linux-x64/edge/oci/index.json")));
    }

    [TestMethod]
    public void The_image_has_a_lock_file_of_its_own_and_the_users_stays_as_it_is()
    {
        using AgentProject project = WithLibraries("<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>");
        project.Dotnet("restore").Succeeds();
        string theirs = File.ReadAllText(Path.Combine(project.Folder, "packages.lock.json"));
        string[] locked = ["-p:RestoreLockedMode=true", .. RuntimeBase.Options];

        project.EdgeImage(locked).FailsWith("EDGE9007");
        string image = Digest(project, project.PublishImage(RuntimeBase.Options));
        Assert.Contains("linux-x64", File.ReadAllText(Path.Combine(project.Folder, "edge.packages.lock.json")));
        Assert.AreEqual(image, Digest(project, project.EdgeImage(locked)));
        Assert.AreEqual(theirs, File.ReadAllText(Path.Combine(project.Folder, "packages.lock.json")));
    }

    [TestMethod]
    [Rotating(15)]
    public void Packages_for_platforms_that_the_image_is_not_for_are_not_asked_for()
    {
        using AgentProject project = new(properties: "<RuntimeIdentifiers>win-x64;osx-arm64;linux-x64;linux-musl-arm64</RuntimeIdentifiers><SelfContained>true</SelfContained><PublishAot>false</PublishAot>");
        project.Commit();

        Digest(project, project.Dotnet(["build", "-c", "Release", "-t:EdgeImage", "-tl:off", "--no-restore"]));

        string assets = File.ReadAllText(Path.Combine(project.Folder, "obj/edge/project.assets.json"));
        Assert.Contains("linux-x64", assets);
        Assert.DoesNotContain("win-x64", assets);
    }

    [TestMethod]
    [Rotating(12)]
    public void A_package_that_changed_reaches_the_image()
    {
        using AgentProject project = WithLibraries(items: """<PackageReference Include="Microsoft.Extensions.Logging.Abstractions" Version="$(Wanted)" />""");
        project.Write("Program.cs", "Console.WriteLine(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.GetName().Version);");
        string Published(string version)
        {
            project.PublishImage([$"-p:Wanted={version}", .. RuntimeBase.Options]).Succeeds();
            return Command.Run("/", Path.Combine(project.Folder, "bin/edge/Release/net10.0/linux-x64/publish/Agent")).Succeeds().Output.Trim();
        }

        Assert.AreEqual("9.0.0.0", Published("9.0.0"));
        Assert.AreEqual("10.0.0.0", Published("10.0.0"));
    }

    [TestMethod]
    public void Targets_that_follow_see_the_image_once()
    {
        using AgentProject project = WithLibraries();
        string file = Path.Combine(project.Folder, "Agent.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "</Project>",
            """
              <Target Name="Tell" AfterTargets="EdgeImage">
                <Message Importance="high" Text="shown: %(EdgeImage.Identity)|$(EdgeImageTags)|$(GeneratedContainerDigest)|@(GeneratedContainerName)|$(GeneratedContainerMediaType)" />
                <Message Importance="high" Text="read: $([System.Text.RegularExpressions.Regex]::Match('$(GeneratedContainerConfiguration)', '&quot;os&quot;:&quot;linux&quot;'))" />
              </Target>
            </Project>
            """,
            StringComparison.Ordinal));
        string tag = project.Commit()[..12];

        CommandResult result = project.PublishImage([$"-p:ContainerArchiveOutputPath={project.Folder}/obj/image.tar", .. RuntimeBase.Options]);

        string digest = Digest(project, result);
        string shown = result.Output.Split('\n').Single(l => l.Contains("shown: ", StringComparison.Ordinal)).Trim();
        Assert.AreEqual(
            $"shown: agent@{digest}|{tag}|{digest}|{project.Folder}/obj/image.tar|application/vnd.oci.image.manifest.v1+json", shown);
        Assert.Contains("read: \"os\":\"linux\"", result.Output);
    }

    [TestMethod]
    [Rotating(13)]
    public void Of_a_solution_with_the_line_for_all_projects_the_applications_get_images_at_the_same_time()
    {
        using AgentProject project = WithLibraries();
        string line = $"""<Sdk Name="EdgeSlim.Sdk" Version="{PackedSdk.Version}" />""";
        string application = File.ReadAllText(Path.Combine(project.Folder, "Agent.csproj")).Replace(line, "", StringComparison.Ordinal);
        foreach (string name in (string[])["One", "Two"])
        {
            project.Write($"{name}/{name}.csproj", application.Replace("Words/Words.csproj", "../Words/Words.csproj", StringComparison.Ordinal));
            project.Write($"{name}/Program.cs", "Console.WriteLine(Words.Greeting.Text);");
        }

        File.Delete(Path.Combine(project.Folder, "Agent.csproj"));
        project.Write("Directory.Build.props", $"<Project>{line}</Project>");
        project.Write(
            "All.slnx",
            """
            <Solution>
              <Project Path="One/One.csproj" />
              <Project Path="Two/Two.csproj" />
              <Project Path="Words/Words.csproj" />
            </Solution>
            """);
        project.Commit();

        string output = project.Dotnet(["publish", "All.slnx", "-t:EdgeImage", "-m:4", "-v:n", "-tl:off", .. RuntimeBase.Options]).Succeeds().Output;

        Assert.Contains("one:", output);
        Assert.Contains("two:", output);
        Assert.DoesNotContain("words:", output);

        // Both images are made of one build of the library.
        Assert.HasCount(1, output.Split('\n').Where(l => l.Contains("Words -> ", StringComparison.Ordinal) && l.Contains("/bin/edge/", StringComparison.Ordinal)), output);
    }

    [TestMethod]
    [Rotating(14)]
    [DataRow("<BaseIntermediateOutputPath>made/objects/</BaseIntermediateOutputPath><BaseOutputPath>made/binaries/</BaseOutputPath>", "made/binaries/Release/net10.0/linux-x64/edge")]
    [DataRow("<OutputPath>elsewhere/</OutputPath><IntermediateOutputPath>between/</IntermediateOutputPath>", "elsewhere/net10.0/linux-x64/edge")]
    [DataRow("<OutDir>flat/</OutDir>", "flat/edge")]
    public void Folders_that_the_project_moved_are_those_that_the_image_is_beside(string properties, string expected)
    {
        using AgentProject project = WithLibraries();
        project.Write("Directory.Build.props", $"<Project><PropertyGroup Condition=\"'$(MSBuildProjectName)' == 'Agent'\">{properties}</PropertyGroup></Project>");
        project.Write(".gitignore", "bin/\nobj/\nmade/\nelsewhere/\nbetween/\nflat/\n");
        project.Commit();

        project.PublishImage(RuntimeBase.Options).Succeeds();
        project.PublishImage(RuntimeBase.Options).Succeeds();

        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, expected, "oci/index.json")));
    }

    // With a library that is built beside it, and one that only its output is wanted of.
    private static AgentProject WithLibraries(string properties = "", string items = "")
    {
        AgentProject project = new(
            properties: properties + "<DefaultItemExcludes>$(DefaultItemExcludes);Words/**;Helper/**;One/**;Two/**;made/**;between/**;elsewhere/**;flat/**</DefaultItemExcludes>",
            items: "<ProjectReference Include=\"Words/Words.csproj\" />" + items,
            code: "Console.WriteLine(Words.Greeting.Text);");
        project.Write("Words/Words.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        project.Write("Words/Greeting.cs", "namespace Words; public static class Greeting { public static string Text => \"ready\"; }");
        return project;
    }

    private static string Digest(AgentProject project, CommandResult result)
    {
        result.Succeeds();
        string index = File.ReadAllText(Path.Combine(project.Layout, "index.json"));
        return "sha256:" + index.Split("\"digest\":\"sha256:")[1][..64];
    }

    // All of the user's builds: their folders, but for the image's.
    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => (f.Contains("/bin/", StringComparison.Ordinal) || f.Contains("/obj/", StringComparison.Ordinal)) && !f.Contains("/edge/", StringComparison.Ordinal))
            .ToDictionary(f => f, f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
        StringComparer.Ordinal);
}
