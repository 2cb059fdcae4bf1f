using System.Text.Json;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>The .NET SDK's own Container* properties and items, and values that are easily cut or split.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ContainerPropertyTests
{
    private static JsonElement _configuration;
    private static JsonElement _manifest;
    private static CommandResult? _result;

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        Command.Require("skopeo", "skopeo");
        using PublishedProject project = new(
            Apps.Careless,
            """
            <PropertyGroup>
              <Version>2.3.4+build.5</Version>
              <Description>Größe: 1; 2 = "drei" 日本</Description>
              <ContainerRepository>Team/Props</ContainerRepository>
              <ContainerImageTags>2.3;stable</ContainerImageTags>
              <EdgeTags>{commit:8};{branch}-{version};{date:yyyy.MM.dd}</EdgeTags>
              <EdgeExcludePatterns>**/*.map</EdgeExcludePatterns>
              <ContainerUser>1000:1000</ContainerUser>
              <ContainerWorkingDirectory>/srv/agent/</ContainerWorkingDirectory>
            </PropertyGroup>
            <ItemGroup>
              <ContainerLabel Include="com.example.url" Value="https://example.com:8443/a?b=c;d" />
              <ContainerLabel Include="org.opencontainers.image.title" Value="The user's own" />
              <ContainerEnvironmentVariable Include="SERVER" Value="tcp://host:1/a=b;c d" />
              <ContainerEnvironmentVariable Include="NAME" Value="Größe" />
              <ContainerPort Include="9000" Type="udp" />
              <ContainerPort Include="9001" />
              <ContainerAppCommandArgs Include="--config;/etc/agent.json" />
              <ContainerDefaultArgs Include="--verbose" />
              <EdgeInclude Include="agent.conf" TargetPath="/etc/agent.json" />
              <EdgeInclude Include="tool.sh" />
              <EdgeExclude Include="secret.*" />
            </ItemGroup>
            """);
        project.Write("agent.conf", "{}");
        project.Write("tool.sh", "#!/bin/sh\n");
        project.Write("bin/edge/Release/net10.0/linux-x64/publish/leftover.txt", "from an earlier publish");
        Commit = project.Commit();
        _result = project.Publish("Publish;_EdgeSlimMakeImage", LoggerVerbosity.Normal).Succeeds();
        string image = $"oci:{project.Layout}:stable";
        _configuration = Parse(Command.Run("/", "skopeo", "inspect", "--config", image).Succeeds().Output);
        _manifest = Parse(Command.Run("/", "skopeo", "inspect", "--raw", image).Succeeds().Output);
        Index = File.ReadAllText(Path.Combine(project.Layout, "index.json"));
        using TemporaryFolder folder = new();
        Command.Require("umoci", "umoci");
        Command.Run(folder.Path, "umoci", "unpack", "--image", $"{project.Layout}:stable", folder["bundle"]).Succeeds();
        Files = Command.Run(
            folder["bundle/rootfs"], "find", ".", "-type", "f", "-printf", "%P %m\\n").Succeeds().Output.Split('\n');
    }

    private static string Commit { get; set; } = "";

    private static string Index { get; set; } = "";

    private static string[] Files { get; set; } = [];

    private static JsonElement Config => _configuration.GetProperty("config");

    [TestMethod]
    public void Labels_keep_every_character_and_the_users_own_wins()
    {
        JsonElement labels = Config.GetProperty("Labels");

        Assert.AreEqual("https://example.com:8443/a?b=c;d", labels.GetProperty("com.example.url").GetString());
        Assert.AreEqual("The user's own", labels.GetProperty("org.opencontainers.image.title").GetString());
        Assert.AreEqual("Größe: 1; 2 = \"drei\" 日本", labels.GetProperty("org.opencontainers.image.description").GetString());
        Assert.AreEqual(Commit, labels.GetProperty("org.opencontainers.image.revision").GetString());
    }

    [TestMethod]
    public void The_manifest_is_annotated_with_what_OCI_defines_and_nothing_else()
    {
        string[] names = [.. _manifest.GetProperty("annotations").EnumerateObject().Select(p => p.Name)];

        Assert.Contains("org.opencontainers.image.revision", names);
        Assert.IsTrue(names.All(n => n.StartsWith("org.opencontainers.image.", StringComparison.Ordinal)));
        Assert.AreEqual(
            "2026-01-02T03:04:05Z",
            _manifest.GetProperty("annotations").GetProperty("org.opencontainers.image.created").GetString());
    }

    [TestMethod]
    public void Environment_variables_keep_every_character()
    {
        string[] variables = Strings(Config.GetProperty("Env"));

        Assert.Contains("SERVER=tcp://host:1/a=b;c d", variables);
        Assert.Contains("NAME=Größe", variables);
    }

    [TestMethod]
    public void Command_user_ports_and_working_directory_are_the_users()
    {
        CollectionAssert.AreEqual(
            new[] { "/srv/agent/Careless", "--config", "/etc/agent.json" }, Strings(Config.GetProperty("Entrypoint")));
        CollectionAssert.AreEqual(new[] { "--verbose" }, Strings(Config.GetProperty("Cmd")));
        Assert.AreEqual("1000:1000", Config.GetProperty("User").GetString());
        Assert.AreEqual("/srv/agent", Config.GetProperty("WorkingDir").GetString());
        CollectionAssert.AreEqual(
            new[] { "9000/udp", "9001/tcp" },
            Config.GetProperty("ExposedPorts").EnumerateObject().Select(p => p.Name).ToArray());
    }

    [TestMethod]
    public void Tags_come_from_the_commit_and_from_the_users_list()
    {
        foreach (string tag in (string[])[Commit[..8], "main-2.3.4-build.5", "2026.01.02", "2.3", "stable"])
        {
            Assert.Contains($"\"org.opencontainers.image.ref.name\":\"{tag}\"", Index);
        }

        Assert.Contains("team/props", _result!.Output);
    }

    [TestMethod]
    public void Only_what_was_decided_is_in_the_image()
    {
        string[] expected =
        [
            "etc/agent.json 644",
            "etc/group 644",
            "etc/passwd 644",
            "srv/agent/Careless 755",
            "srv/agent/appsettings.json 644",
            "srv/agent/tool.sh 755",
            "usr/share/sbom/Careless.cdx.json 644",
        ];
        CollectionAssert.AreEqual(
            expected,
            Files.Where(f => f.Length > 0).Order(StringComparer.Ordinal).ToArray(),
            string.Join('\n', Files));
        foreach (string left in (string[])["appsettings.Development.json", ".env", "secret.txt", "js/app.js.map", "leftover.txt", "Careless.dbg"])
        {
            Assert.Contains($"Left out {left} (", _result!.Output);
        }
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
