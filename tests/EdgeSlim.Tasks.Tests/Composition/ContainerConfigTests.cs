using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Composition;

/// <summary>What the Container* properties and items mean.</summary>
[TestClass]
public sealed class ContainerConfigTests
{
    [TestMethod]
    [DataRow("", "65532")]
    [DataRow("root", "root")]
    [DataRow("nonroot", "nonroot")]
    [DataRow("nobody:nonroot", "nobody:nonroot")]
    [DataRow("1000", "1000")]
    [DataRow("1000:1001", "1000:1001")]
    [DataRow("nonroot:0", "nonroot:0")]
    public void On_scratch_the_user_is_65532_or_one_that_is_there(string given, string expected) =>
        Assert.AreEqual(expected, Build(Options() with { User = given }).User);

    [TestMethod]
    [DataRow("app")]
    [DataRow("Root")]
    [DataRow("1000:app")]
    [DataRow("1000:1:2")]
    [DataRow("-1")]
    [DataRow("1000:")]
    [DataRow(":")]
    [DataRow(" ")]
    [DataRow("4294967296")]
    public void On_scratch_a_user_that_is_not_there_is_refused(string given) =>
        Assert.Contains($"'{given}'", Fails(DiagnosticCodes.InvalidUser, Options() with { User = given }).Message);

    [TestMethod]
    [DataRow(null, "PATH=/bin", null)]
    [DataRow("", "APP_UID=1654", "1654")]
    [DataRow(null, "APP_UID=1654", "1654")]
    [DataRow("1001", "APP_UID=1654", "1001")]
    [DataRow("1001", "PATH=/bin", "1001")]
    [DataRow(null, "MY_APP_UID=1", null)]
    public void On_a_base_the_user_is_the_one_that_it_names(string? user, string variable, string? expected) =>
        Assert.AreEqual(expected, Build(Options(), Base(new ContainerConfig { User = user, Env = [variable] })).User);

    [TestMethod]
    public void On_a_base_any_user_may_be_known() =>
        Assert.AreEqual("app:app", Build(Options() with { User = "app:app" }, Base(new ContainerConfig { User = "x" })).User);

    [TestMethod]
    [DataRow("", "/app")]
    [DataRow("/", "/")]
    [DataRow("//", "/")]
    [DataRow("/srv", "/srv")]
    [DataRow("/srv/", "/srv")]
    [DataRow("/a/b c/ö", "/a/b c/ö")]
    [DataRow("/..a/b..", "/..a/b..")]
    public void The_working_directory_is_absolute(string given, string expected)
    {
        ContainerConfig config = Build(Options() with { WorkingDirectory = given });
        Assert.AreEqual(expected, config.WorkingDir);
        Assert.AreEqual(expected.TrimEnd('/') + "/agent", config.Entrypoint!.Single());
    }

    [TestMethod]
    [DataRow("app")]
    [DataRow("./app")]
    [DataRow("C:\\app")]
    [DataRow("/a/../b")]
    [DataRow("/a/.")]
    [DataRow("/a//b")]
    [DataRow("/a\0b")]
    public void A_working_directory_that_is_none_is_refused(string given) =>
        Assert.Contains($"'{given}'", Fails(DiagnosticCodes.InvalidWorkingDirectory, Options() with { WorkingDirectory = given }).Message);

    [TestMethod]
    public void A_base_does_not_change_the_working_directory() =>
        Assert.AreEqual("/app", Build(Options(), Base(new ContainerConfig { WorkingDir = "/elsewhere" })).WorkingDir);

    [TestMethod]
    [DataRow("8080", "", "8080/tcp")]
    [DataRow("8080", "TCP", "8080/tcp")]
    [DataRow("53", "udp", "53/udp")]
    [DataRow("1", "tcp", "1/tcp")]
    [DataRow("65535", "tcp", "65535/tcp")]
    [DataRow("080", "tcp", "80/tcp")]
    public void A_port_is_exposed(string port, string type, string expected) =>
        Assert.AreEqual(expected, Ports(Build(Options() with { Ports = [new(port, type)] })));

    [TestMethod]
    [DataRow("0", "")]
    [DataRow("65536", "")]
    [DataRow("-1", "")]
    [DataRow("http", "")]
    [DataRow("", "")]
    [DataRow(" 80", "")]
    [DataRow("80/tcp", "")]
    [DataRow("99999999999", "")]
    [DataRow("80", "sctp")]
    [DataRow("80", " tcp")]
    public void What_is_not_a_port_is_refused(string port, string type) =>
        Assert.Contains($"'{port}' (type '{type}')", Fails(DiagnosticCodes.InvalidPort, Options() with { Ports = [new(port, type)] }).Message);

    [TestMethod]
    public void One_port_may_be_exposed_in_both_ways_beside_those_of_the_base()
    {
        ImageOptions options = Options() with { Ports = [new("53", "udp"), new("53", "tcp"), new("53", "")] };
        BaseImage baseImage = Base(new ContainerConfig { ExposedPorts = new Dictionary<string, EmptyObject> { ["9/tcp"] = new() } });
        Assert.AreEqual("53/tcp 53/udp 9/tcp", Ports(Build(options, baseImage)));
        Assert.IsNull(Build(Options()).ExposedPorts);
    }

    [TestMethod]
    [DataRow("A", "")]
    [DataRow("A", "b:c=d;e")]
    [DataRow("A", "=")]
    [DataRow("A", " größe 日本 \"'$ ")]
    [DataRow("with.dot:colon__", "x")]
    public void An_environment_variable_is_kept_whole(string name, string value) =>
        Assert.Contains($"{name}={value}", Build(Options() with { EnvironmentVariables = [new(name, value)] }).Env!);

    [TestMethod]
    [DataRow("")]
    [DataRow("A=B")]
    [DataRow("A\0")]
    public void A_name_that_is_none_is_refused(string name) =>
        Fails(DiagnosticCodes.InvalidEnvironmentVariable, Options() with { EnvironmentVariables = [new(name, "x")] });

    [TestMethod]
    public void Variables_come_from_the_base_and_the_user_and_the_user_wins()
    {
        ImageOptions options = Options() with { EnvironmentVariables = [new("A", "1"), new("A", "2"), new("DOTNET_RUNNING_IN_CONTAINER", "no")] };
        BaseImage baseImage = Base(new ContainerConfig { Env = ["PATH=/bin:/sbin", "A=0", "EMPTY="] });
        Assert.AreEqual("A=2 DOTNET_RUNNING_IN_CONTAINER=no EMPTY= PATH=/bin:/sbin", Words(Build(options, baseImage).Env));
        Assert.AreEqual("DOTNET_RUNNING_IN_CONTAINER=true", Words(Build(Options()).Env));
    }

    [TestMethod]
    public void A_web_application_listens_where_it_can_be_reached()
    {
        ContainerConfig config = Build(Options() with { IsWeb = true });
        Assert.AreEqual("ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true", Words(config.Env));
        Assert.AreEqual("8080/tcp", Ports(config));
    }

    [TestMethod]
    [DataRow("ASPNETCORE_HTTP_PORTS", "5000;5001", "5000/tcp 5001/tcp")]
    [DataRow("ASPNETCORE_HTTPS_PORTS", " 5001 ;x;0;65536;", "5001/tcp")]
    [DataRow("ASPNETCORE_URLS", "http://+:5000;https://*:5001", "5000/tcp 5001/tcp")]
    [DataRow("ASPNETCORE_URLS", "http://localhost:5000/", "5000/tcp")]
    [DataRow("ASPNETCORE_URLS", "http://localhost:5000/base/path", "5000/tcp")]
    [DataRow("ASPNETCORE_URLS", "http://[::]:5000", "5000/tcp")]
    [DataRow("ASPNETCORE_URLS", "http://localhost", "")]
    [DataRow("ASPNETCORE_URLS", "http://[::1]", "")]
    [DataRow("ASPNETCORE_URLS", "http://unix:/tmp/kestrel.sock", "")]
    [DataRow("URLS", "http://+:5000", "")]
    public void A_web_application_that_is_told_where_to_listen_is_left_alone(string name, string value, string ports)
    {
        ContainerConfig config = Build(Options() with { IsWeb = true, EnvironmentVariables = [new(name, value)] });
        Assert.AreEqual($"{name}={value}", config.Env!.Single(v => v != "DOTNET_RUNNING_IN_CONTAINER=true"));
        Assert.AreEqual(ports, Ports(config));
    }

    [TestMethod]
    public void Where_urls_are_given_ports_count_no_more()
    {
        ImageOptions options = Options() with { IsWeb = true, EnvironmentVariables = [new("ASPNETCORE_URLS", "http://+:5000")] };
        Assert.AreEqual("5000/tcp", Ports(Build(options, Base(new ContainerConfig { Env = ["ASPNETCORE_HTTP_PORTS=8080"] }))));
    }

    [TestMethod]
    public void A_base_that_says_where_to_listen_is_believed() =>
        Assert.AreEqual(
            "80/tcp", Ports(Build(Options() with { IsWeb = true }, Base(new ContainerConfig { Env = ["ASPNETCORE_HTTP_PORTS=80"] }))));

    // The .NET SDK's ImageBuilder.DetermineEntrypointAndCmd is the measure; it is said where EdgeSlim differs.
    [TestMethod]
    [DataRow("", "", "", "", "", "Entrypoint", "/app/agent", null)]
    [DataRow("", "", "", "", "d1;d2", "Entrypoint", "/app/agent", "d1 d2")]
    [DataRow("", "", "", "x;y", "d", "Entrypoint", "/app/agent x y", "d")]
    [DataRow("", "", "dotnet;agent.dll", "x", "", "Entrypoint", "dotnet agent.dll x", null)]
    [DataRow("e", "", "", "", "", "Entrypoint", "e", "/app/agent")]
    [DataRow("e", "f", "a", "x", "d", "Entrypoint", "e f", "a x d")]
    [DataRow("e", "f", "a", "x", "d", "DefaultArgs", "e f", "a x d")]
    [DataRow("", "", "", "x", "d", "DefaultArgs", "base entry", "/app/agent x d")]
    [DataRow("e", "f", "", "", "d", "None", "e f", "d")]
    [DataRow("e", "f", "", "", "", "None", "e f", null)]
    [DataRow("", "", "", "", "d", "None", "base entry", "d")]
    // Only arguments of an entry point: they are the application's default ones.
    [DataRow("", "f", "", "", "", "Entrypoint", "/app/agent", "f")]
    [DataRow("", "f", "dotnet;agent.dll", "", "", "Entrypoint", "dotnet agent.dll", "f")]
    // The .NET SDK refuses these; here the arguments have the same place as without the others.
    [DataRow("", "f", "", "x", "d", "Entrypoint", "/app/agent x", "f d")]
    [DataRow("", "f", "", "", "", "DefaultArgs", "base entry", "/app/agent f")]
    // The .NET SDK would leave a container without a command; the base knows better.
    [DataRow("", "", "", "", "", "None", "base entry", "base cmd")]
    public void The_command_is_put_together_as_the_SDK_does(
        string entrypoint, string entrypointArgs, string command, string args, string defaults, string instruction, string expectedEntrypoint, string? expectedCmd)
    {
        ImageOptions options = Options() with
        {
            Entrypoint = Items(entrypoint),
            EntrypointArgs = Items(entrypointArgs),
            AppCommand = Items(command),
            AppCommandArgs = Items(args),
            DefaultArgs = Items(defaults),
            AppCommandInstruction = Enum.Parse<AppCommandInstruction>(instruction),
        };
        ContainerConfig config = Build(options, Base(new ContainerConfig { Entrypoint = ["base", "entry"], Cmd = ["base", "cmd"] }));
        Assert.AreEqual(expectedEntrypoint, Words(config.Entrypoint));
        Assert.AreEqual(expectedCmd, config.Cmd is null ? null : Words(config.Cmd));
    }

    [TestMethod]
    [DataRow("dotnet")]
    [DataRow("/usr/bin/dotnet")]
    public void The_entry_point_of_Microsofts_images_is_none(string program)
    {
        ImageOptions options = Options() with { AppCommandInstruction = AppCommandInstruction.DefaultArgs };
        ContainerConfig config = Build(options, Base(new ContainerConfig { Entrypoint = [program] }));
        Assert.IsNull(config.Entrypoint);
        Assert.AreEqual("/app/agent", Words(config.Cmd));
    }

    [TestMethod]
    public void On_scratch_nothing_is_there_that_nobody_asked_for()
    {
        ContainerConfig config = Build(Options() with { AppCommandInstruction = AppCommandInstruction.None });
        Assert.IsNull(config.Entrypoint);
        Assert.IsNull(config.Cmd);
        Assert.IsNull(config.Labels);
    }

    private static ImageOptions Options() => PlanSamples.Options();

    private static BaseImage Base(ContainerConfig config) => PlanSamples.Base(config);

    private static ContainerConfig Build(ImageOptions options, BaseImage? baseImage = null) =>
        ContainerConfigBuilder.Build(options, baseImage ?? BaseImage.Scratch, new Dictionary<string, string>());

    private static EdgeException Fails(string code, ImageOptions options)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Build(options));
        Assert.AreEqual(code, e.Code, e.Message);
        return e;
    }

    private static string[] Items(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static string Words(IReadOnlyList<string>? words) => string.Join(' ', words ?? ["null"]);

    private static string Ports(ContainerConfig config) => string.Join(' ', config.ExposedPorts?.Keys ?? []);
}
