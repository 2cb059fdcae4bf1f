using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>What is built to link a library in is kept when it is whole, for this project and for others.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
[TestCategory(TestKinds.Long)]
public sealed class LinkedLibraryTests
{
    [TestMethod]
    [Rotating(4)]
    public void A_library_that_is_cut_off_half_made_is_not_taken_for_done_and_a_whole_one_is_kept()
    {
        using AgentProject project = new(
            "Hashing",
            code: "Console.WriteLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([1])));");
        using TemporaryFolder cache = new();
        project.Environment["EdgeCacheDir"] = cache.Path;
        string commit = project.Commit();
        CancelWhileTheShimIsBuilt(project);
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        Assert.AreEqual("crypto certain", Needs(project));
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
        Directory.Delete(Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/edge/openssl"), recursive: true);
        Assert.Contains(
            "libSystem.Security.Cryptography.Native.OpenSsl.a is taken from the cache.", project.EdgeImage("-v:n").Succeeds().Output);
        Assert.IsTrue(binary.AsSpan().SequenceEqual(File.ReadAllBytes(project.Binary)));
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
            Assert.IsTrue(run.WaitForExit(TimeSpan.FromMinutes(2)), "It did not stop.");
        }

        project.Environment["PATH"] = path;
    }

    private static string Needs(AgentProject project)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        return string.Join(", ", facts.RootElement.GetProperty("needs").GetProperty("needs").EnumerateArray()
            .Select(n => $"{n.GetProperty("name").GetString()} {n.GetProperty("certainty").GetString()}"));
    }
}
