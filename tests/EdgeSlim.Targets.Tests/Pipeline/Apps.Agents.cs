using System.Xml.Linq;

namespace EdgeSlim.Tests;

internal static partial class Apps
{
    /// <summary>
    /// A console application that does what its first argument says. It is static, with OpenSSL and ICU linked in. Of ICU it
    /// has the data of two cultures.
    /// </summary>
    public static readonly PublishedApp Probe = new(
        "Probe",
        new Dictionary<string, string>
        {
            ["Program.cs"] = Code("assets/apps/Probe.cs"),
            ["CryptographyProbe.cs"] = Code("EdgeSlim.Targets.Tests/Pipeline/CryptographyProbe.cs"),
        },
        Console + """
            <PropertyGroup>
              <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
              <EdgeGlobalization>icu</EdgeGlobalization>
              <EdgeCultures>de-CH;ja</EdgeCultures>
            </PropertyGroup>
            <ItemGroup>
              <EdgeNeed Remove="crypto;tls" Condition="'$(Denied)' == 'true'" />
            </ItemGroup>
            """);

    /// <summary>The compiler is told what it is told where cultures are named, so that it has nothing to do.</summary>
    public static readonly PublishedApp ProbeWithAllCultures = Probe.With("-p:EdgeCultures=*", "-p:PredefinedCulturesOnly=true");

    /// <summary>It opens OpenSSL and ICU, so it is dynamic. EdgeStatic=false would be so already for the compiler.</summary>
    public static readonly PublishedApp DynamicProbe = Probe.With("-p:StaticOpenSslLinking=false", "-p:StaticICULinking=false");

    public static readonly PublishedApp ProbeWithoutOpenSsl = Probe.With("-p:Denied=true");

    /// <summary>A console application with SQLite, which comes as a library, with a hash, and with a shell. It is dynamic with OpenSSL linked in.</summary>
    public static readonly PublishedApp Database = new(
        "Database",
        new Dictionary<string, string> { ["Program.cs"] = Code("assets/apps/Database.cs") },
        Console + """
            <ItemGroup>
              <PackageReference Include="Microsoft.Data.Sqlite" Version="10.0.15" />
            </ItemGroup>
            """);

    /// <summary>OpenSSL is opened, too.</summary>
    public static readonly PublishedApp DynamicDatabase = Database.With("-p:StaticOpenSslLinking=false");

    public static readonly PublishedApp StaticDatabase = Database.With("-p:EdgeStatic=true");

    /// <summary>Static as well, since there will be no C library.</summary>
    public static readonly PublishedApp DatabaseForScratch = Database.With("-p:EdgeBase=scratch");

    /// <summary>A console application that is trimmed, and brings the runtime along.</summary>
    public static readonly PublishedApp Trimmed = new(
        "Trimmed",
        new Dictionary<string, string>
        {
            ["Program.cs"] = "Console.WriteLine($\"{Environment.UserName} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([1]))[..8]}\");",
        },
        Console + "<PropertyGroup><EdgeMode>trimmed</EdgeMode></PropertyGroup>");

    /// <summary>The sample GatewayAgent: a web server that is a client with TLS, too.</summary>
    public static readonly PublishedApp Gateway = SampleApp("GatewayAgent", []);

    public static readonly PublishedApp GatewayWithoutOpenSsl =
        Gateway.With("-p:StaticOpenSslLinking=false", "-p:ContainerBaseImage=scratch");

    /// <summary>The sample SensorAgent, with all of its modules.</summary>
    public static readonly PublishedApp Sensor = SampleApp("SensorAgent", new()
    {
        ["edge.modules.json"] = """{ "modules": { "monitor": true, "log_collector": true, "trace_sampler": true, "etcd": true } }""",
    });

    // With its own project, but for the line that names the packed SDK.
    private static PublishedApp SampleApp(string name, Dictionary<string, string> others)
    {
        XElement project = XElement.Load(Path.Combine(Repository.Root, "samples", name, $"{name}.csproj"));
        project.Element("Sdk")!.Remove();
        Dictionary<string, string> files = Sample(name);
        foreach ((string file, string content) in others)
        {
            files[file] = content;
        }

        return new PublishedApp(name, files, string.Concat(project.Elements()), project.Attribute("Sdk")!.Value);
    }

    private static string Code(string file) => File.ReadAllText(Path.Combine(Repository.Root, "tests", file));
}
