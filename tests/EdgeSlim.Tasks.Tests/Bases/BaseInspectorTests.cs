using EdgeSlim.Bases;
using EdgeSlim.Tests.LinkChecks;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class BaseInspectorTests
{
    private const string Fxr = "/usr/share/dotnet/host/fxr/10.0.12/libhostfxr.so";
    private const string Runtime = "/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/libcoreclr.so";

    [TestMethod]
    public void Glibc_and_its_version_are_read_off_the_library()
    {
        SampleImage image = new SampleImage().Library(
            SampleImage.Libraries + "libc.so.6", SampleImage.BaseLayer, versions: ["GLIBC_2.2.5", "GLIBC_2.36", "GLIBC_2.9", "GLIBC_PRIVATE"]);
        image.With(
            SampleImage.Libraries + "libc.so.6",
            e => e with { Elf = e.Elf! with { Dynamic = e.Elf.Dynamic! with { SoName = "libc.so.6" } } });

        BaseContents contents = Inspect(image);

        Assert.AreEqual("glibc 2.36", $"{contents.CLibrary} {contents.CLibraryVersion}");
    }

    [TestMethod]
    public void Musl_is_known_by_its_interpreter_behind_a_link()
    {
        BaseContents contents = Inspect(new SampleImage()
            .Library("/usr/lib/x86_64-linux-musl/libc.so", SampleImage.BaseLayer)
            .Link("/lib/ld-musl-x86_64.so.1", "/usr/lib/x86_64-linux-musl/libc.so"));

        Assert.AreEqual("musl", contents.CLibrary);
        Assert.IsNull(contents.CLibraryVersion);
    }

    [TestMethod]
    public void An_empty_base_gives_what_the_kernel_gives()
    {
        BaseContents contents = Inspect(new SampleImage());

        Assert.IsNull(contents.CLibrary);
        Assert.AreEqual("child-processes dns file-watching", string.Join(' ', contents.Offers));
        Assert.IsNull(contents.DotnetRoot);
        Assert.IsEmpty(contents.Frameworks);
    }

    [TestMethod]
    public void What_a_base_gives_is_read_off_its_files()
    {
        BaseContents contents = Inspect(new SampleImage()
            .Text("/etc/passwd")
            .Text("/etc/ssl/certs/ca-certificates.crt")
            .Text("/usr/share/zoneinfo/UTC")
            .Folder("/tmp", 0b001_111_111_111)
            .Library("/usr/lib/libssl.so.3", SampleImage.BaseLayer)
            .Library("/usr/lib/libicuuc.so.74.2", SampleImage.BaseLayer)
            .Program("/usr/bin/busybox", [], layer: SampleImage.BaseLayer)
            .Link("/bin/sh", "/usr/bin/busybox"));

        Assert.AreEqual(
            "ca-certificates child-processes crypto dns file-watching icu shell tls tmp tzdata user", string.Join(' ', contents.Offers));
    }

    [TestMethod]
    public void A_link_that_leads_nowhere_gives_nothing()
    {
        BaseContents contents = Inspect(new SampleImage().Link("/bin/sh", "/bin/dash").Link("/usr/lib/libssl.so.3", "gone"));

        Assert.AreEqual("child-processes dns file-watching", string.Join(' ', contents.Offers));
    }

    [TestMethod]
    public void The_runtime_is_found_where_the_host_of_NET_looks()
    {
        BaseContents contents = Inspect(new SampleImage().Library(Fxr, 0).Library(Runtime, 0));
        BaseContents elsewhere = Inspect(
            new SampleImage().Library("/opt/net/host/fxr/9.0.1/libhostfxr.so", 0).Library("/opt/net/shared/Microsoft.AspNetCore.App/9.0.1/x.dll", 0),
            "DOTNET_ROOT=/opt/net/");
        BaseContents installed = Inspect(new SampleImage()
            .Text("/etc/dotnet/install_location", "/opt/net\n")
            .Library("/opt/net/host/fxr/9.0.1/libhostfxr.so", 0));

        Assert.AreEqual("/usr/share/dotnet", contents.DotnetRoot);
        Assert.AreEqual("Microsoft.NETCore.App 10.0.12", string.Join(',', contents.Frameworks));
        Assert.AreEqual("/opt/net", elsewhere.DotnetRoot);
        Assert.AreEqual("Microsoft.AspNetCore.App 9.0.1", string.Join(',', elsewhere.Frameworks));
        Assert.AreEqual("/opt/net", installed.DotnetRoot);
        Assert.IsNull(Inspect(new SampleImage().Library(Runtime, 0)).DotnetRoot);
    }

    private static BaseContents Inspect(SampleImage image, params string[] environment) =>
        BaseInspector.Inspect(image.Files, environment);
}
