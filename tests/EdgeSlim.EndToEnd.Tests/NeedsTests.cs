using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>What real applications need, and that it is said before an image without it is composed.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NeedsTests
{
    private const string Denied = "-p:Denied=true";

    [TestMethod]
    public void An_application_that_hashes_gets_OpenSSL_linked_in_unless_it_is_said_that_it_does_without()
    {
        using AgentProject project = new(
            "Hashing",
            items: "<EdgeNeed Remove=\"crypto\" Condition=\"'$(Denied)' == 'true'\" />",
            code: "Console.WriteLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([1])));");
        using TemporaryFolder cache = new();
        project.Environment["EdgeCacheDir"] = cache.Path;
        string commit = project.Commit();
        CancelWhileTheShimIsBuilt(project);
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        Assert.AreEqual("crypto certain", Summary(Facts(project), "needs"));
        string image = $"localhost/hashing:{commit[..12]}";
        try
        {
            Assert.Contains("4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A", Podman.Run(image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        // As another clone finds it.
        byte[] binary = File.ReadAllBytes(project.Binary);
        Directory.Delete(Path.Combine(project.Folder, "obj/Release/net10.0/linux-x64/edge/openssl"), recursive: true);
        Assert.Contains(
            "libSystem.Security.Cryptography.Native.OpenSsl.a is taken from the cache.", project.EdgeImage("-v:n").Succeeds().Output);
        Assert.IsTrue(binary.AsSpan().SequenceEqual(File.ReadAllBytes(project.Binary)));

        long withOpenSsl = binary.Length;
        project.EdgeImage(Denied).Succeeds();
        Assert.AreEqual("crypto certain", Summary(Facts(project), "refused"));
        Assert.DoesNotContain("crypto", Summary(Facts(project), "needs"));
        Assert.IsLessThan(withOpenSsl - 1_000_000, new FileInfo(project.Binary).Length);
    }

    // The real cmake is too fast to be met in the middle: this one stops when half of the library is there.
    private static void CancelWhileTheShimIsBuilt(AgentProject project)
    {
        using TemporaryFolder tools = new();
        string real = Command.Run("/", "sh", "-c", "command -v cmake").Succeeds().Output.Trim();
        string path = project.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")!;
        tools.WriteProgram(
            "cmake",
            $"""
            #!/bin/sh
            [ "$1" = --build ] || exec {real} "$@"
            {real} "$@"
            truncate -s 1000 "$2"/*.a
            touch {tools["half"]}
            exec sleep 600
            """);
        project.Environment["PATH"] = $"{tools.Path}:{path}";
        using (Process run = project.StartEdgeImage(out StringBuilder output))
        {
            while (!File.Exists(tools["half"]))
            {
                Assert.IsFalse(run.WaitForExit(50), output.ToString());
            }

            Command.Run("/", "kill", "-INT", run.Id.ToString(CultureInfo.InvariantCulture)).Succeeds();
            Assert.IsTrue(run.WaitForExit(TimeSpan.FromSeconds(30)), "It did not stop.");
        }

        project.Environment["PATH"] = path;
    }

    /// <summary>As it computes it here, with the whole of OpenSSL.</summary>
    [TestMethod]
    public void All_that_NET_computes_with_OpenSSL_it_computes_with_the_one_that_is_linked_in()
    {
        using AgentProject project = new(
            "Computing",
            code: """
                foreach (string line in EdgeSlim.Tests.CryptographyProbe.Lines())
                {
                    Console.WriteLine(line);
                }
                """);
        project.Write("CryptographyProbe.cs", File.ReadAllText(
            Path.Combine(Repository.Root, "tests/EdgeSlim.EndToEnd.Tests/Matrix/CryptographyProbe.cs")));
        using DeliveredImage image = DeliveredImage.Of(project, project.Commit());
        string output = image.Run([]);
        foreach (string line in CryptographyProbe.Lines())
        {
            Assert.Contains(line, output);
        }
    }

    [TestMethod]
    public void Without_OpenSSL_in_it_an_application_that_needs_it_is_refused_on_scratch()
    {
        using AgentProject project = new(
            "Client",
            items: "<EdgeNeed Remove=\"tls\" Condition=\"'$(Denied)' == 'true'\" />",
            code: """
                using HttpClient client = new();
                Console.WriteLine(await client.GetStringAsync(args[0]));
                """);
        project.Commit();
        CommandResult result = project.EdgeImage("-p:StaticOpenSslLinking=false", "-p:ContainerBaseImage=scratch");

        result.FailsWith("EDGE2021");
        Assert.Contains("needs tls", result.Output);
        Assert.Contains("CryptoNative_Ssl", result.Output);
        Assert.IsFalse(Directory.Exists(project.Layout));
        string needs = Summary(Left(project), "needs");
        Assert.Contains("tls certain, crypto possible, ca-certificates certain", needs);
        Assert.Contains("dns certain", needs);
        Assert.Contains("libssl.so certain", Summary(Left(project), "libraries"));

        // A client that speaks http only.
        string denied = project.EdgeImage(Denied, "-p:ContainerBaseImage=scratch").Succeeds().Output;
        Assert.DoesNotContain("EDGE20", denied);
        Assert.DoesNotContain("ca-certificates", Summary(Facts(project), "needs"));
    }

    [TestMethod]
    public void Time_zones_come_from_the_build_machine()
    {
        using AgentProject project = new(
            "Zones",
            code: """
                Console.WriteLine($"Paris is {TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris").BaseUtcOffset} ahead");
                """);
        string commit = project.Commit();
        string output = project.EdgeImage("-p:EdgeTimeZones=Europe/Paris", "-p:EdgeLoad=true").Succeeds().Output;
        Assert.DoesNotContain("EDGE20", output);
        Assert.AreEqual("tzdata certain", Summary(Facts(project), "needs").Split(", ")[0]);
        string image = $"localhost/zones:{commit[..12]}";
        try
        {
            Assert.Contains("Paris is 01:00:00 ahead", Podman.Run(image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        project.EdgeImage("-p:EdgeTimeZones=Europe/Atlantis").FailsWith("EDGE2041");

        // All of them, with the names that are links.
        project.EdgeImage().Succeeds();
        Assert.Contains("\"path\": \"usr/share/zoneinfo/Europe/Paris\"", File.ReadAllText(
            Path.Combine(project.Folder, "obj/Release/net10.0/linux-x64/edge/plan.json")));
    }

    [TestMethod]
    public void A_machine_that_cannot_link_ICU_in_says_what_it_lacks_and_that_the_application_breaks_without()
    {
        using AgentProject project = new(
            "Texts",
            code: """
                Console.WriteLine(Texts.Clean(args.Length > 0 ? args[0] : "ready"));

                internal static class Texts
                {
                    public static string Clean(string text) =>
                        string.Compare(text, "b", StringComparison.CurrentCulture) > 0 ? text : text.Normalize();
                }
                """);
        project.Commit();
        using ToolFolder tools = ToolFolder.With("clang", "ld.lld", "llvm-objcopy", "git");
        using AgentProjectEnvironment environment = new(project, ("PATH", tools.Path));
        CommandResult withCultures = project.EdgeImage("-p:EdgeGlobalization=icu", "-p:EdgeBase=scratch");
        withCultures.FailsWith("EDGE2021");
        Assert.Contains("needs ICU (icu: ", withCultures.Output);
        Assert.Contains("lacks cmake, make to link it in. Install it: apt-get install libicu-dev g++ cmake make", withCultures.Output);
        Assert.Contains("needs icu", withCultures.Output);
        Assert.Contains("GlobalizationNative_", withCultures.Output);
    }

    private static JsonElement Facts(AgentProject project) =>
        Read(Path.Combine(project.EdgeFolder, "facts.json")).GetProperty("needs");

    private static JsonElement Left(AgentProject project) =>
        Read(Path.Combine(project.Folder, "obj/Release/net10.0/linux-x64/edge/needs.json"));

    private static JsonElement Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    private static string Summary(JsonElement needs, string list) => string.Join(", ", needs.GetProperty(list).EnumerateArray()
        .Select(n => $"{n.GetProperty("name").GetString()} {n.GetProperty("certainty").GetString()}"));
}
