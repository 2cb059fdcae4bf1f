using System.Text.Json.Nodes;

namespace EdgeSlim.Tests;

/// <summary>The target EdgeProfile, as far as it goes without running anything.</summary>
[TestClass]
public sealed class ProfileTests
{
    [TestMethod]
    public void What_is_asked_for_is_checked_before_anything_runs()
    {
        using EvaluatedProject project = StageTests.Faked("<ItemGroup><EdgeProfileSyscall Include=\"$(Syscall)\" /></ItemGroup>");
        project.Build("EdgeProfile", EvaluatedProject.Publishing).FailsWith("EDGE6012");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();

        project.Build("EdgeProfile", EvaluatedProject.Publishing, "-p:EdgeProfileHttp=healthz").FailsWith("EDGE6003");
        project.Build("EdgeProfile", EvaluatedProject.Publishing, "-p:EdgeTrialEngine=/gone/podman").FailsWith("EDGE6041");
        project.Build("EdgeProfile", EvaluatedProject.Publishing, "-p:Syscall=sendfile64").FailsWith("EDGE6047");
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "bin/edge/seccomp.json")));
    }

    [TestMethod]
    public void What_was_learned_of_this_image_is_in_the_facts_and_what_was_learned_of_another_is_not()
    {
        using EvaluatedProject project = StageTests.Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        string facts = Path.Combine(project.Folder, "bin/edge/facts.json");
        string digest = JsonNode.Parse(File.ReadAllText(facts))!["image"]!["digest"]!.GetValue<string>();
        string profile = $$"""
            {
              "digest": "{{digest}}", "engine": "podman", "tracer": "bpftrace", "seccomp": { "file": "seccomp.json", "digest": "{{digest}}", "syscalls": 60 },
              "syscalls": ["read"], "runtimeSyscalls": ["execve"], "standingSyscalls": [], "opened": [], "programs": [], "connections": [], "bound": [], "unopened": []
            }
            """;
        string ofThis = $"bin/edge/results/{digest.Replace(':', '-')}/profile.json";
        project.Write(ofThis, profile);
        string output = project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds().Output;
        Assert.Contains("seccomp    60 system calls allowed, of which 2 were seen", output);

        string other = new('0', 64);
        project.Write($"bin/edge/results/sha256-{other}/profile.json", profile.Replace(digest, "sha256:" + other, StringComparison.Ordinal));
        File.Delete(Path.Combine(project.Folder, ofThis));
        Assert.DoesNotContain("seccomp    ", project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds().Output);
    }
}
