using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class PlatformRulesTests
{
    [TestMethod]
    [DataRow("linux-x64")]
    [DataRow("linux-x64 linux-arm64 linux-arm")]
    [DataRow("linux-musl-arm64 linux-x64")]
    public void Each_Linux_platform_once_is_right(string identifiers) => PlatformRules.RequireOneImageEach(identifiers.Split(' '));

    [TestMethod]
    [DataRow("linux-x64 win-x64", DiagnosticCodes.NoPlatform, "'win-x64'")]
    [DataRow("linux-mips", DiagnosticCodes.NoPlatform, "'linux-mips'")]
    [DataRow("linux-arm64 linux-x64 linux-musl-x64", DiagnosticCodes.SamePlatform, "'linux-x64' and 'linux-musl-x64', which are both for linux/amd64")]
    public void What_no_device_could_choose_is_refused(string identifiers, string code, string seen)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => PlatformRules.RequireOneImageEach(identifiers.Split(' ')));
        Assert.AreEqual(code, e.Code);
        Assert.Contains(seen, e.Message);
    }

    [TestMethod]
    public void Builds_do_not_share_folders()
    {
        PlatformRules.RequireOwnFolders(["linux-x64", "linux-arm64"], ["/obj/x64/", "/bin/x64/", "/obj/arm64/", "/bin/arm64/"]);
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() =>
            PlatformRules.RequireOwnFolders(["linux-x64", "linux-arm64"], ["/obj/x64/", "/bin/", "/obj/arm64/", "/bin/"]));
        Assert.AreEqual(DiagnosticCodes.SharedFolder, e.Code);
        Assert.Contains("linux-x64, linux-arm64 would each write into '/bin/'", e.Message);
    }
}
