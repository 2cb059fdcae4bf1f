using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Publishing;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Tests.Bases.Slicing;

[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class SlicerTests
{
    private const string Libraries = SampleRoot.Libraries;

    [TestMethod]
    public async Task Just_what_is_loaded_is_taken_and_lies_where_the_dynamic_linker_looks()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();

        Slice slice = root.Cut();

        Assert.AreSequenceEqual(
            [
                "/lib64/ld-linux-x86-64.so.2 -> /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
                Libraries + "ld-linux-x86-64.so.2",
                Libraries + "libc.so.6",
                Libraries + "libone.so.1 -> libone.so.1.2",
                Libraries + "libone.so.1.2",
                Libraries + "libtwo.so.1",
            ],
            slice.Files.Select(Show));
        Assert.IsTrue(slice.HasCode);
        Assert.IsEmpty(slice.Missing);
        Assert.AreEqual(
            "/lib/x86_64-linux-gnu/libone.so.1 is linked to it",
            slice.Files.Single(f => f.TargetPath == Libraries + "libtwo.so.1").Reason);
    }

    [TestMethod]
    [DataRow("de-CH", true, false)]
    [DataRow("", true, false)]
    [DataRow("de-CH", false, true)]
    public async Task ICUs_data_are_those_that_NET_asks_for_unless_others_ask_too(string cultures, bool isSmaller, bool isUsedByOthers)
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        using TemporaryFolder folder = new();
        string library = new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? "")
            .FindLibrary("gcc", CompilationTarget.ThisMachine, "libicudata.so")!;
        string data = new FileInfo(library).ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string name = Path.GetFileName(data).Split('.')[2];
        File.Copy(data, root[Libraries + "libicudata.so." + name]);
        await root.LibraryAsync($"libicuuc.so.{name}", root[Libraries + "libicudata.so." + name]);
        await root.LibraryAsync($"libicui18n.so.{name}", root[Libraries + "libicuuc.so." + name]);
        await root.LibraryAsync("libxml.so.2", root[Libraries + "libicuuc.so." + name]);
        SliceWish icu = new([$"libicui18n.so.{name}"], ["icu"], "cultures", IsRequired: true);
        SliceWish other = new(["libxml.so.2"], [], "another", IsRequired: true);
        SliceRequest request = root.Request(isUsedByOthers ? [icu, other] : [icu]) with
        {
            IcuData = new IcuDataFilter(folder.Path, cultures.Length == 0 ? [] : [cultures], new RecordingSink()),
        };

        Slice slice = new Slicer(root.Source, "a test").Cut(request);
        SystemFile kept = slice.Files.Single(f => f.TargetPath == Libraries + "libicudata.so." + name);
        long whole = new FileInfo(data).Length;
        Assert.AreEqual(isSmaller, new FileInfo(kept.Source!).Length < whole * 9 / 10);
        Assert.AreEqual(kept, new Slicer(root.Source, "a test").Cut(request).Files.Single(f => f.TargetPath == kept.TargetPath));
        if (isSmaller)
        {
            ImageElf elf = new FolderFileSystem("/").Find(kept.Source!)!.Elf!;
            Assert.AreEqual("libicudata.so." + name, elf.Dynamic!.SoName);
            Assert.AreEqual($"icudt{name}_dat", elf.Symbols.Single().Name);
            Assert.Contains("without what .NET does not ask for", kept.Reason!);
        }
    }

    [TestMethod]
    public async Task A_library_is_found_by_its_name_where_it_is_one()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        root.Text(Libraries + "libscript.so", "/* GNU ld script */ INPUT(libone.so.1)");
        SharedLibraries libraries = new(root.Source);
        Assert.IsTrue(libraries.Has("libone.so.1"));
        Assert.IsTrue(libraries.Has("/lib/x86_64-linux-gnu/libone.so.1"));
        Assert.IsFalse(libraries.Has("libscript.so"));
        Assert.IsFalse(libraries.Has("libnone.so"));
    }

    [TestMethod]
    public async Task A_library_that_is_not_there_is_missing_with_the_file_that_needs_it()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        File.Delete(root[Libraries + "libtwo.so.1"]);

        Slice slice = root.Cut();

        Assert.HasCount(1, slice.Missing);
        Assert.StartsWith("libtwo.so.1 (", slice.Missing[0]);
        Assert.Contains("libone.so.1", slice.Missing[0]);
    }

    [TestMethod]
    public async Task An_interpreter_that_is_not_there_is_missing()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        File.Delete(root["/usr/lib64/ld-linux-x86-64.so.2"]);

        Assert.Contains("/lib64/ld-linux-x86-64.so.2 (the interpreter of /app/agent)", root.Cut().Missing);
    }

    [TestMethod]
    public async Task What_is_opened_at_run_time_comes_with_all_that_it_needs()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        await root.LibraryAsync("libssl.so.1.1");
        await root.LibraryAsync("libcrypto.so.3");
        await root.LibraryAsync("libssl.so.3", root[Libraries + "libcrypto.so.3"]);

        Slice slice = root.Cut(new SliceWish(["libssl.so.3", "libssl.so.1.1"], ["tls", "crypto"], "a test", IsRequired: true));

        string[] paths = [.. slice.Files.Select(f => f.TargetPath)];
        Assert.Contains(Libraries + "libssl.so.3", paths);
        Assert.Contains(Libraries + "libcrypto.so.3", paths);
        Assert.DoesNotContain(Libraries + "libssl.so.1.1", paths);
        Assert.AreSequenceEqual(["crypto", "tls"], slice.Gives);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task What_is_opened_at_run_time_and_is_not_there_is_missing_where_it_is_required(bool isRequired)
    {
        using SampleRoot root = await SampleRoot.CreateAsync();

        Slice slice = root.Cut(new SliceWish(["libicuuc.so.72"], ["icu"], "a test", isRequired));

        Assert.AreSequenceEqual(["libicuuc.so.72 (a test)"], isRequired ? slice.Missing : slice.Absent);
        Assert.IsEmpty(isRequired ? slice.Absent : slice.Missing);
        Assert.IsEmpty(slice.Gives);
    }

    [TestMethod]
    public async Task A_library_outside_of_the_linkers_folders_gets_a_link_in_one_of_them()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        Directory.CreateDirectory(root["/opt/vendor"]);
        File.Move(root[Libraries + "libtwo.so.1"], root["/opt/vendor/libtwo.so.1"]);
        SliceRequest request = root.Request() with { LibraryFolders = ["/opt/vendor"] };

        Slice slice = new Slicer(root.Source, "a test").Cut(request);

        Assert.Contains("/lib/x86_64-linux-gnu/libtwo.so.1 -> /opt/vendor/libtwo.so.1", slice.Files.Select(Show));
    }

    [TestMethod]
    public async Task Packages_keep_their_identity_and_their_licences()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        root.Package("libone1", "1.2-3", "See /usr/share/common-licenses/GPL-2.", "/lib/x86_64-linux-gnu/libone.so.1.2")
            .Package("unused", "9", "none", Libraries + "libunused.so.1")
            .Text("/usr/share/common-licenses/GPL-2", "free")
            .Text("/etc/debian_version", "12.1\n")
            .Text("/usr/lib/os-release", "PRETTY_NAME=\"Sample OS 1\"\nID=sample\n");
        root.Link("/etc/os-release", "../usr/lib/os-release");

        Slice slice = root.Cut();

        Assert.AreEqual("a test (Sample OS 1)", slice.Source);
        SlicedPackage package = slice.Packages.Single();
        Assert.AreEqual(("libone1", "1.2-3"), (package.Name, package.Version));
        Assert.AreSequenceEqual(["/usr/share/doc/libone1/copyright", "/usr/share/common-licenses/GPL-2"], package.Licences);
        Assert.AreEqual("libone1", slice.Files.Single(f => f.TargetPath == Libraries + "libone.so.1.2").Package);
        Assert.AreEqual(
            "Package: libone1\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.2-3\nDescription: short\n",
            slice.Files.Single(f => f.TargetPath == "/var/lib/dpkg/status.d/libone1").Text);
        CollectionAssert.IsSubsetOf(
            new[] { "/etc/os-release -> /usr/lib/os-release", "/usr/lib/os-release", "/etc/debian_version", "/usr/share/common-licenses/GPL-2" },
            slice.Files.Select(Show).ToArray());
    }

    [TestMethod]
    public async Task Certificates_alone_are_no_code()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        root.Text("/etc/ssl/certs/ca-certificates.crt", "certificates").Package("ca-certificates", "2026", "MPL");
        SliceRequest request = root.Request() with { Executable = "", Application = [], CaCertificates = true };

        Slice slice = new Slicer(root.Source, "a test").Cut(request);

        Assert.IsFalse(slice.HasCode);
        Assert.AreEqual("ca-certificates", slice.Packages.Single().Name);
        Assert.AreSequenceEqual(["ca-certificates"], slice.Gives);
    }

    [TestMethod]
    public void Alpines_packages_keep_their_identity()
    {
        using TemporaryFolder folder = new();
        folder.Write("lib/apk/db/installed", "C:Q1x\nP:zlib\nV:1.3-r1\nL:Zlib\nF:lib\nR:libz.so.1\n\nP:other\nV:2\nF:bin\nR:sh\n\n");
        ApkDatabase database = new(new FolderFileSystem(folder.Path));

        IReadOnlyDictionary<string, string> owners = database.OwnersOf(new HashSet<string> { "/lib/libz.so.1", "/bin/none" });

        Assert.AreEqual("zlib", owners.Single().Value);
        Assert.AreEqual("1.3-r1", database.Describe(["zlib"]).Single().Version);
        Assert.AreEqual("C:Q1x\nP:zlib\nV:1.3-r1\nL:Zlib\n\n", database.Records(["zlib"]).Single().Text);
    }

    private static string Show(SystemFile file) => file.LinkTarget is null ? file.TargetPath : $"{file.TargetPath} -> {file.LinkTarget}";
}
