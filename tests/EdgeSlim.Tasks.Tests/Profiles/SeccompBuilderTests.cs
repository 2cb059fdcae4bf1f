using System.Text;
using System.Text.Json;
using EdgeSlim.Profiles.Seccomp;
using EdgeSlim.Syscalls;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Profiles;

[TestClass]
public sealed class SeccompBuilderTests
{
    private static readonly SyscallTable X64 = SyscallTable.Find("amd64")!;
    private static readonly SyscallTable Arm64 = SyscallTable.Find("arm64")!;

    [TestMethod]
    public void What_was_seen_and_the_standing_calls_are_allowed_and_all_else_is_an_error()
    {
        SeccompProfile profile = SeccompBuilder.Build(["socket", "accept4", "socket"], X64);

        Assert.AreEqual("SCMP_ACT_ERRNO", profile.DefaultAction);
        Assert.AreSequenceEqual(["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"], profile.Architectures);
        CollectionAssert.IsSubsetOf(new[] { "accept4", "socket", "futex", "execve", "clone" }, profile.Allowed.ToArray());
        Assert.DoesNotContain("mount", profile.Allowed);
        Assert.AreSequenceEqual(profile.Allowed.Distinct().Order(StringComparer.Ordinal), profile.Allowed);
    }

    [TestMethod]
    public void The_same_calls_in_another_order_give_the_same_bytes() => Assert.AreSequenceEqual(
        SeccompBuilder.Build(["accept4", "socket"], X64).ToBytes(), SeccompBuilder.Build(["socket", "accept4"], X64).ToBytes());

    [TestMethod]
    public void Threads_are_made_without_namespaces()
    {
        JsonElement[] rules = [.. Json(SeccompBuilder.Build(["clone3"], X64)).GetProperty("syscalls").EnumerateArray()];

        JsonElement clone = rules.Single(r => r.GetProperty("names")[0].GetString() == "clone");
        Assert.AreEqual("SCMP_ACT_ALLOW", clone.GetProperty("action").GetString());
        Assert.AreEqual(0x7e020000, clone.GetProperty("args")[0].GetProperty("value").GetInt64());
        Assert.AreEqual("SCMP_CMP_MASKED_EQ", clone.GetProperty("args")[0].GetProperty("op").GetString());
        // "There is no such call": what makes the C library take the other one.
        JsonElement clone3 = rules.Single(r => r.GetProperty("names")[0].GetString() == "clone3");
        Assert.AreEqual("SCMP_ACT_ERRNO 38", $"{clone3.GetProperty("action").GetString()} {clone3.GetProperty("errnoRet").GetInt32()}");
    }

    [TestMethod]
    public void A_processor_gets_no_call_that_it_does_not_have()
    {
        SeccompProfile profile = SeccompBuilder.Build(["open", "openat"], Arm64);
        Assert.DoesNotContain("open", profile.Allowed);
        Assert.Contains("openat", profile.Allowed);
        Assert.AreSequenceEqual(["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"], profile.Architectures);
    }

    [TestMethod]
    public void Refused_is_what_no_rule_answers() => Assert.AreSequenceEqual(
        ["mount"], SeccompBuilder.Refused(SeccompBuilder.Build([], X64), ["clone3", "futex", "mount"]));

    [TestMethod]
    public void Each_processor_has_its_own_numbers()
    {
        Assert.AreEqual("openat", X64.NameOf(257));
        Assert.AreEqual("openat", Arm64.NameOf(56));
        Assert.AreEqual("mmap", Arm64.NameOf(222));
        Assert.AreEqual("clone3", X64.NameOf(435));
        Assert.AreEqual("clone3", Arm64.NameOf(435));
        Assert.IsNull(X64.NameOf(-1));
        Assert.IsNull(SyscallTable.Find("arm"));
    }

    [TestMethod]
    public void Each_standing_call_exists_and_is_in_the_documentation_with_its_reason()
    {
        string section = RepositoryFiles.Section(RepositoryFiles.Read("docs/seccomp.md"), "What is allowed unseen");

        Found.Nothing(StandingSyscalls.Names.Where(n => !X64.Has(n) || !Arm64.Has(n)));
        Found.Nothing(StandingSyscalls.All
            .Select(a => $"| {string.Join(", ", a.Names.Select(n => $"`{n}`"))} | {a.Reason.Split(';')[0]}")
            .Where(line => !section.Contains(line, StringComparison.Ordinal)));
    }

    private static JsonElement Json(SeccompProfile profile) => JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(profile.ToBytes()));
}
