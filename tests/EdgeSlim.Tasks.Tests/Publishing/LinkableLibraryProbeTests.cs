using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class LinkableLibraryProbeTests
{
    private static readonly CompilationTarget Arm64 = new("aarch64-linux-gnu", "/arm64/");

    [TestMethod]
    [DataRow("openssl", "libssl.a libcrypto.a /usr/include/openssl/ssl.h cmake make", "/lib/libssl.a /lib/libcrypto.a")]
    [DataRow("icu", "libicui18n.a libicuuc.a libicudata.a libstdc++.a /usr/local/include/unicode/ucurr.h cmake make", "/lib/libicui18n.a /lib/libicuuc.a /lib/libicudata.a /lib/libstdc++.a*")]
    public void With_libraries_headers_and_tools_it_can_be_linked(string library, string there, string archives)
    {
        LibraryFindings found = Look(library, there);

        Assert.IsEmpty(found.Missing);
        Assert.AreEqual(archives, string.Join(' ', found.Archives.Select(a => a.Path + (a.IsOfLanguage ? "*" : ""))));
    }

    [TestMethod]
    [DataRow("openssl", "libcrypto.a /usr/include/openssl/ssl.h cmake make", "libssl.a")]
    [DataRow("openssl", "libssl.a libcrypto.a cmake make", "openssl/ssl.h")]
    [DataRow("openssl", "libssl.a libcrypto.a /usr/include/openssl/ssl.h make", "cmake")]
    [DataRow("openssl", "", "libssl.a libcrypto.a openssl/ssl.h cmake make")]
    [DataRow("icu", "libicui18n.a libicuuc.a libicudata.a /usr/include/unicode/ucurr.h cmake make", "libstdc++.a")]
    public void What_is_missing_is_named(string library, string there, string missing) =>
        Assert.AreEqual(missing, string.Join(' ', Look(library, there).Missing));

    [TestMethod]
    public void A_build_of_ones_own_is_taken_whole()
    {
        LibraryFindings found = Look(
            "openssl", "libssl.a libcrypto.a /opt/ssl/lib64/libssl.a /opt/ssl/lib64/libcrypto.a /opt/ssl/include/openssl/ssl.h cmake make", root: "/opt/ssl");

        Assert.IsEmpty(found.Missing);
        Assert.AreEqual("/opt/ssl/lib64/libssl.a /opt/ssl/lib64/libcrypto.a", string.Join(' ', found.Archives.Select(a => a.Path)));
    }

    [TestMethod]
    public void For_another_processor_headers_and_libraries_are_those_of_the_sysroot()
    {
        var machine = new Machine("libssl.a", "libcrypto.a", "/usr/include/openssl/ssl.h", "cmake", "make");
        LibraryFindings found = LinkableLibraryProbe.Look(Library("openssl"), "clang", Arm64, null, machine);

        CollectionAssert.AreEqual(new[] { "openssl/ssl.h" }, found.Missing.ToArray());
        Assert.AreEqual("--target=aarch64-linux-gnu --sysroot=/arm64/", machine.Target);
    }

    [TestMethod]
    public void The_line_that_installs_what_is_missing_is_that_of_the_target()
    {
        Assert.AreEqual("apt-get install libssl-dev cmake make", Look("openssl", "").InstallLine);
        Assert.AreEqual("apt-get install libicu-dev g++ cmake make", Look("icu", "").InstallLine);
        Assert.AreEqual(
            "apt-get install cmake make, and give the property SysRoot a folder with libssl-dev of aarch64-linux-gnu in it",
            LinkableLibraryProbe.Look(Library("openssl"), "clang", Arm64 with { SysRoot = null }, null, new Machine()).InstallLine);
        Assert.AreEqual(
            "apt-get install cmake make, and libssl-dev of aarch64-linux-gnu into '/arm64/'",
            LinkableLibraryProbe.Look(Library("openssl"), "clang", Arm64, null, new Machine()).InstallLine);
    }

    [TestMethod]
    public void An_OpenSSL_that_was_built_with_zstd_needs_that_too()
    {
        const string There = "libssl.a libcrypto.a /usr/include/openssl/ssl.h cmake make ZSTD_compress";
        LibraryFindings without = Look("openssl", There);
        CollectionAssert.AreEqual(new[] { "libzstd.a" }, without.Missing.ToArray());
        Assert.AreEqual("apt-get install libssl-dev libzstd-dev cmake make", without.InstallLine);

        LibraryFindings with = Look("openssl", There + " libzstd.a");
        Assert.IsEmpty(with.Missing);
        Assert.AreEqual("/lib/libzstd.a", with.Archives[^1].Path);
    }

    [TestMethod]
    [DataRow("openssl", "/usr/include/openssl/ssl.h 3", "/usr/include")]
    [DataRow("openssl", "/usr/include/openssl/ssl.h 1", null)]
    [DataRow("openssl", "3", null)]
    [DataRow("icu", "/usr/include/unicode/ucurr.h 3", null)]
    public void Algorithms_are_left_out_of_OpenSSL_3_alone(string library, string there, string? headers) =>
        Assert.AreEqual(headers, Look(library, there).ReducibleHeaders);

    private static LibraryFindings Look(string library, string there, string? root = null) => LinkableLibraryProbe.Look(
        Library(library), "clang", CompilationTarget.ThisMachine, root, new Machine(there.Split(' ')));

    private static LinkableLibrary Library(string name) => LinkableLibrary.All.Single(l => l.Name == name);

    private sealed class Machine(params string[] there) : IToolLookup
    {
        public string Target { get; private set; } = "";

        public string? Find(string name) => there.Contains(name) ? "/bin/" + name : null;

        public string? FindLibrary(string compilerDriver, CompilationTarget target, string file)
        {
            Target = string.Join(' ', target.Arguments(compilerDriver));
            return there.Contains(file) ? "/lib/" + file : null;
        }

        public bool HasFile(string path) => there.Contains(path);

        public bool Contains(string path, string text) =>
            (path == "/lib/libcrypto.a" && there.Contains(text))
            || (path == "/usr/include/openssl/opensslv.h" && there.Any(t => text == "OPENSSL_VERSION_MAJOR  " + t));
    }
}
