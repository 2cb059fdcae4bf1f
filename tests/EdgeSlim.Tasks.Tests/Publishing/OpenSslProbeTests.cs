using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class OpenSslProbeTests
{
    [TestMethod]
    public void With_libraries_headers_and_tools_it_can_be_linked()
    {
        OpenSslToolchain found = OpenSslProbe.Look("clang", null, new Machine("libssl.a", "libcrypto.a", "/usr/include/openssl/ssl.h", "cmake", "make"));

        Assert.IsEmpty(found.Missing);
        CollectionAssert.AreEqual(new[] { "/lib/libssl.a", "/lib/libcrypto.a" }, found.Libraries.ToArray());
    }

    [TestMethod]
    [DataRow("libcrypto.a /usr/include/openssl/ssl.h cmake make", "libssl.a")]
    [DataRow("libssl.a libcrypto.a cmake make", "openssl/ssl.h")]
    [DataRow("libssl.a libcrypto.a /usr/include/openssl/ssl.h make", "cmake")]
    [DataRow("", "libssl.a libcrypto.a openssl/ssl.h cmake make")]
    public void What_is_missing_is_named(string there, string missing) =>
        Assert.AreEqual(
            missing, string.Join(' ', OpenSslProbe.Look("clang", null, new Machine(there.Split(' '))).Missing));

    [TestMethod]
    public void OPENSSL_ROOT_DIR_is_looked_into_first() =>
        Assert.DoesNotContain(
            "openssl/ssl.h", OpenSslProbe.Look("clang", "/opt/ssl", new Machine("/opt/ssl/include/openssl/ssl.h")).Missing);

    [TestMethod]
    [DataRow("openssl/ssl.h 3", "/usr/include")]
    [DataRow("openssl/ssl.h 1", null)]
    [DataRow("3", null)]
    public void Algorithms_are_left_out_of_OpenSSL_3_alone(string there, string? headers) =>
        Assert.AreEqual(
            headers, OpenSslProbe.Look("clang", null, new Machine(there.Replace("openssl", "/usr/include/openssl").Split(' '))).ReducibleHeaders);

    private sealed class Machine(params string[] there) : IToolLookup
    {
        public string? Find(string name) => there.Contains(name) ? "/bin/" + name : null;

        public string? FindLibrary(string compilerDriver, string? targetTriple, string file) =>
            there.Contains(file) ? "/lib/" + file : null;

        public bool HasFile(string path) => there.Contains(path);

        public bool Contains(string path, string text) =>
            path == "/usr/include/openssl/opensslv.h" && there.Any(t => text == "OPENSSL_VERSION_MAJOR  " + t);
    }
}
