using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class LibraryNeedTests
{
    private static readonly MethodName Stub = new("Lib", "Lib.Native", "open");

    [TestMethod]
    [DataRow("e_sqlite3", "e_sqlite3")]
    [DataRow("libe_sqlite3.so", "e_sqlite3")]
    [DataRow("libssl.so.3", "ssl")]
    [DataRow("/usr/lib/libx.so.1.2", "x")]
    [DataRow("libgit2-5853918", "git2-5853918")]
    [DataRow("name.sophisticated", "name.sophisticated")]
    public void The_bare_name_is_what_the_loader_adds_to(string library, string expected) =>
        Assert.AreEqual(expected, LibraryRules.BareName(library));

    [TestMethod]
    [DataRow("e_sqlite3", "", true, "e_sqlite3!")]
    [DataRow("e_sqlite3", "", false, "")]
    [DataRow("e_sqlite3", "e_sqlite3", true, "")]
    [DataRow("libe_sqlite3.so", "e_sqlite3", true, "")]
    [DataRow("e_sqlite3", "e_sqlite3!sqlite3_open", true, "e_sqlite3!")]
    [DataRow("libc", "libc", true, "")]
    [DataRow("libc", "", true, "libc!")]
    [DataRow("kernel32", "", true, "kernel32?")]
    [DataRow("kernel32.dll", "", true, "kernel32.dll?")]
    [DataRow("libSystem.dylib", "", true, "libSystem.dylib?")]
    public void A_declared_library_is_opened_where_its_stub_is_compiled_in(
        string library, string direct, bool isCompiled, string expected)
    {
        Observations seen = new()
        {
            UndefinedSymbols = new HashSet<string>(),
            Mstat = MstatSample.Of(isCompiled ? [Stub] : [], Stub),
            Assemblies = [Declaring(library)],
        };
        Assert.AreEqual(expected, Found(seen, Settings() with { DirectPInvokes = [direct] }));
    }

    [TestMethod]
    public void Without_the_compilers_account_a_declared_library_is_possible() =>
        Assert.AreEqual("e_sqlite3?", Found(new Observations { Assemblies = [Declaring("e_sqlite3")] }));

    [TestMethod]
    public void The_package_that_brings_a_library_is_named()
    {
        Observations seen = new()
        {
            Assemblies = [Declaring("e_sqlite3")],
            NativeAssets = [new NativeAsset("libe_sqlite3.so", "SourceGear.sqlite3 3.50.4"), new NativeAsset("libother.so", "Other 1.0.0")],
        };
        LibraryNeed library = NeedFinder.Find(seen, Settings()).Libraries.Single();
        Assert.AreEqual(
            "the package SourceGear.sqlite3 3.50.4 brings libe_sqlite3.so",
            library.Evidence.Single(e => e.Source == EvidenceSource.Package).ToString());
    }

    [TestMethod]
    public void A_file_of_the_publish_is_no_need_where_another_file_is_linked_to_it()
    {
        Observations seen = new()
        {
            NativeFiles =
            [
                new NativeFile("agent", "/lib64/ld-linux-x86-64.so.2", ["libc.so.6", "libown.so"], []),
                new NativeFile("lib/libown.so", null, ["libc.so.6", "libm.so.6"], []),
            ],
        };
        Assert.AreEqual("libc.so.6! libm.so.6!", Found(seen));
        Assert.HasCount(2, NeedFinder.Find(seen, Settings()).Libraries[0].Evidence);
    }

    [TestMethod]
    public void OpenSSL_and_ICU_are_opened_by_the_runtime_unless_they_are_linked_in()
    {
        Observations seen = new()
        {
            UndefinedSymbols = "CryptoNative_SslRead CryptoNative_EvpSha256 GlobalizationNative_LoadICU NetSecurityNative_X".Split(' ').ToHashSet(),
        };
        Assert.AreEqual(
            "libcrypto.so! libcrypto.so? libgssapi_krb5.so.2? libicudata.so! libicui18n.so! libicuuc.so! libssl.so! libssl.so?", Found(seen));

        ApplicationNeeds needs = NeedFinder.Find(seen, Settings() with { StaticOpenSsl = true, StaticIcu = true });
        Assert.AreEqual("libgssapi_krb5.so.2?", Text(needs));
        Assert.AreEqual("tls crypto icu", string.Join(' ', needs.BuiltIn));
    }

    [TestMethod]
    [DataRow("linux-x64", null, "", "glibc static ")]
    [DataRow("linux-musl-arm64", null, "", "musl static ")]
    [DataRow("linux-musl-x64", "/lib/ld-musl-x86_64.so.1", "", "musl dynamic ")]
    [DataRow("linux-x64", "/lib64/ld-linux-x86-64.so.2", "GLIBC_2.9 GLIBC_2.34 GLIBC_2.2.5 GLIBC_PRIVATE GLIBC_ABI_DT_RELR", "glibc dynamic 2.34")]
    [DataRow("linux-x64", "/lib64/ld-linux-x86-64.so.2", "", "glibc dynamic ")]
    public void The_C_library_shows_in_the_executable(string rid, string? interpreter, string versions, string expected)
    {
        Observations seen = new() { NativeFiles = [new NativeFile("agent", interpreter, [], versions.Split(' '))] };
        CLibraryNeed found = NeedFinder.Find(seen, Settings() with { RuntimeIdentifier = rid }).CLibrary!;
        Assert.AreEqual(expected, $"{found.Name} {(found.IsStatic ? "static" : "dynamic")} {found.MinimumVersion}");
    }

    [TestMethod]
    public void A_library_may_need_a_newer_C_library_than_the_executable()
    {
        Observations seen = new()
        {
            NativeFiles =
            [
                new NativeFile("agent", "/lib64/ld-linux-x86-64.so.2", [], ["GLIBC_2.27"]),
                new NativeFile("libx.so", null, [], ["GLIBC_2.36"]),
            ],
        };
        Assert.AreEqual("2.36", NeedFinder.Find(seen, Settings()).CLibrary!.MinimumVersion);
    }

    [TestMethod]
    public void What_is_not_native_has_no_C_library() =>
        Assert.IsNull(NeedFinder.Find(new Observations(), Settings()).CLibrary);

    private static string Found(Observations seen, NeedSettings? settings = null) =>
        Text(NeedFinder.Find(seen, settings ?? Settings()));

    private static string Text(ApplicationNeeds needs) =>
        string.Join(' ', needs.Libraries.Select(l => l.Name + (l.Certainty == Certainty.Certain ? "!" : "?")).Order(StringComparer.Ordinal));

    private static NeedSettings Settings() =>
        new() { RuntimeIdentifier = "linux-x64", Executable = "agent", InvariantGlobalization = true };

    private static AssemblyUses Declaring(string library) => new()
    {
        Name = "Lib",
        IsOwn = false,
        Members = [],
        Imports = [new NativeImport(library, Stub)],
        Shells = [],
    };
}
