using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;
using EdgeSlim.Publishing;
using EdgeSlim.Tests.Elf;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class PayloadBuilderTests
{
    private const string BuildId = "-Wl,--build-id=0xabcdef0123";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task The_files_of_the_publish_go_in_sorted_with_what_is_known_of_them()
    {
        using var box = new Publish();
        box.Add("z.json", "{}");
        box.Add("a/tool.sh", "#!/bin/sh\n");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("a/tool.sh app z.json", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.AreEqual("True True False", Names(payload.Files.Select(f => f.IsExecutable.ToString())));
        Assert.AreEqual("10 0 2", Names(payload.Files.Select(f => f.Size.ToString(CultureInfo.InvariantCulture))));
        PayloadFile json = payload.Files[2];
        Assert.AreEqual(box.Folder["publish/z.json"], json.Source);
        Assert.AreEqual(File.GetLastWriteTimeUtc(json.Source), json.LastWriteTimeUtc);
        Assert.IsNull(json.Machine);
        Assert.IsEmpty(payload.Excluded);
        Assert.IsEmpty(payload.Symbols);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Native_files_are_looked_into()
    {
        using var box = new Publish();
        await Programs.CompileAsync(box.Folder, "publish/app", "-pie", "-fPIE", BuildId);
        await Programs.CompileAsync(box.Folder, "publish/helper", "-static", BuildId);
        box.Files.Add(new PublishedFile(box.Folder["publish/helper"], "helper"));
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("True True", Names(payload.Files.Select(f => f.IsExecutable.ToString())));
        Assert.AreEqual("abcdef0123", payload.Files[0].BuildId);
        Assert.StartsWith("/lib", payload.Files[0].Interpreter!);
        Assert.IsNull(payload.Files[1].Interpreter);
        Assert.IsNotNull(payload.Files[1].Machine);
        // The executables keep what the publish left in them.
        Assert.AreEqual(0, payload.Files.Sum(f => f.StrippedBytes));
    }

    [TestMethod]
    public async Task What_the_rules_name_stays_out_and_is_listed_with_its_bytes_and_the_reason()
    {
        using var box = new Publish();
        box.Add("appsettings.Development.json", "12345");
        box.Add(".env", "123");
        box.Add("libx.a", "1");
        box.Add("App.xml", "<?xml version=\"1.0\"?>\n<doc>\n<assembly></assembly></doc>");
        box.Add("config.xml", "<configuration><doc/></configuration>");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("app config.xml", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.AreEqual(
            ".env:3 App.xml:55 appsettings.Development.json:5 libx.a:1",
            Names(payload.Excluded.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Path}:{e.Size}"))));
        Assert.AreEqual(ExclusionRules.Documentation, payload.Excluded[1].Reason);
    }

    [TestMethod]
    public async Task What_is_mounted_from_outside_stays_out_unless_it_is_included()
    {
        using var box = new Publish();
        box.Configuration.Add(box.Add("sites/oslo.json", "{}"));
        box.Configuration.Add(box.Add("both.json", "{}"));
        box.Include("both.json", "{}");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("app both.json", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.AreEqual(("sites/oslo.json", ExclusionRules.Configuration), (payload.Excluded.Single().Path, payload.Excluded.Single().Reason));
    }

    [TestMethod]
    public async Task What_lies_in_the_publish_folder_and_was_not_published_stays_out()
    {
        using var box = new Publish();
        box.Folder.Write("publish/old/old.dll", "1234");
        box.Folder.Write("publish/.hidden", "1");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("app", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.AreEqual(
            $".hidden:1:{ExclusionRules.Leftover} old/old.dll:4:{ExclusionRules.Leftover}",
            Names(payload.Excluded.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Path}:{e.Size}:{e.Reason}"))));
    }

    [TestMethod]
    public async Task A_link_that_leads_nowhere_or_in_a_circle_is_a_leftover_like_any_other()
    {
        using var box = new Publish();
        File.CreateSymbolicLink(box.Folder["publish/broken"], "/nonexistent");
        Directory.CreateSymbolicLink(box.Folder["publish/circle"], ".");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("app", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.Contains("broken", payload.Excluded.Select(e => e.Path));
    }

    [TestMethod]
    public async Task A_publish_folder_that_is_absent_has_no_leftovers()
    {
        using var box = new Publish();
        string executable = box.Folder.Write("elsewhere/app", "");
        Directory.Delete(box.Folder["publish"], recursive: true);
        box.Files.Clear();
        box.Files.Add(new PublishedFile(executable, "app"));
        Assert.IsEmpty((await box.BuildAsync()).Excluded);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Symbols_of_the_shipped_binary_are_moved_to_where_debuggers_look()
    {
        using var box = new Publish();
        await Programs.CompileAsync(box.Folder, "publish/app", "-g", BuildId);
        await Programs.RunAsync("objcopy", "--only-keep-debug", box.Folder["publish/app"], box.Folder["publish/app.dbg"]);
        long size = new FileInfo(box.Folder["publish/app.dbg"]).Length;
        Payload payload = await box.BuildAsync();
        Assert.AreEqual(new SymbolFile(".build-id/ab/cdef0123.debug", size, "abcdef0123"), payload.Symbols.Single());
        Assert.AreEqual(new ExcludedFile("app.dbg", size, ExclusionRules.Symbols), payload.Excluded.Single());
        Assert.IsTrue(File.Exists(box.Folder["symbols/.build-id/ab/cdef0123.debug"]));
        Assert.IsFalse(File.Exists(box.Folder["publish/app.dbg"]));
    }

    [TestMethod]
    public async Task Symbols_that_the_publish_takes_from_elsewhere_are_copied()
    {
        using var box = new Publish();
        box.Files.Add(new PublishedFile(box.Folder.Write("obj/app.pdb", "managed"), "app.pdb"));
        box.Folder.Write("publish/app.pdb", "managed");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual(new SymbolFile("app.pdb", 7, null), payload.Symbols.Single());
        Assert.AreEqual("managed", await File.ReadAllTextAsync(box.Folder["symbols/app.pdb"], TestContext.CancellationToken));
        Assert.IsTrue(File.Exists(box.Folder["obj/app.pdb"]));
        Assert.IsFalse(File.Exists(box.Folder["publish/app.pdb"]));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Symbols_of_an_earlier_binary_are_not_kept_as_those_of_this_one()
    {
        using var box = new Publish();
        await Programs.CompileAsync(box.Folder, "publish/app.dbg", "-g", "-Wl,--build-id=0x1111");
        await Programs.CompileAsync(box.Folder, "publish/app", BuildId);
        Payload payload = await box.BuildAsync();
        Assert.IsEmpty(payload.Symbols);
        Assert.AreEqual(ExclusionRules.Leftover, payload.Excluded.Single().Reason);
        Assert.IsFalse(Directory.Exists(box.Folder["symbols"]));
    }

    [TestMethod]
    public async Task Symbols_cannot_be_kept_where_nothing_can_be_written()
    {
        using var box = new Publish();
        box.Add("app.pdb", "");
        box.Folder.Write("symbols", "a file, not a folder");
        await box.FailsAsync(DiagnosticCodes.OutputNotWritable);
    }

    [TestMethod]
    public async Task What_the_user_includes_wins_over_every_rule_and_over_the_publish()
    {
        using var box = new Publish();
        box.Add("config.json", "published");
        box.Include(".env", "X=1");
        box.Include("config.json", "mine");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual(".env app config.json", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.AreEqual(box.Folder["mine/config.json"], payload.Files[2].Source);
        Assert.IsEmpty(payload.Excluded);
    }

    [TestMethod]
    public async Task What_the_user_includes_from_the_publish_folder_is_not_a_leftover()
    {
        using var box = new Publish();
        string symbols = box.Folder.Write("publish/app.dbg", "symbols that are wanted on the device");
        box.Files.Add(new PublishedFile(symbols, "debug/app.dbg", IsExplicit: true));
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("app debug/app.dbg", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.IsEmpty(payload.Excluded);
        Assert.IsTrue(File.Exists(payload.Files[1].Source));
    }

    [TestMethod]
    public async Task What_the_user_excludes_stays_out_even_where_it_is_included()
    {
        using var box = new Publish();
        box.Add("data/a.bin", "12");
        box.Include("data/b.bin", "123");
        box.Patterns.Add("data/**");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("app", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.AreEqual("EdgeExclude EdgeExclude", Names(payload.Excluded.Select(e => e.Reason)));
    }

    [TestMethod]
    public async Task The_same_file_may_be_named_twice_and_two_files_may_not()
    {
        using var box = new Publish();
        box.Add("a.json", "");
        box.Files.Add(new PublishedFile(box.Folder["publish/../publish/a.json"], "a.json"));
        Assert.HasCount(2, (await box.BuildAsync()).Files);

        box.Files.Add(new PublishedFile(box.Folder.Write("other/a.json", ""), "a.json"));
        EdgeException e = await box.FailsAsync(DiagnosticCodes.DuplicatePath);
        Assert.Contains(box.Folder["publish/a.json"], e.Message);
        Assert.Contains(box.Folder["other/a.json"], e.Message);
    }

    [TestMethod]
    public async Task Two_files_that_the_user_includes_at_one_path_are_refused()
    {
        using var box = new Publish();
        box.Include("a", "1");
        box.Files.Add(new PublishedFile(box.Folder.Write("other/a", "2"), "a", IsExplicit: true));
        await box.FailsAsync(DiagnosticCodes.DuplicatePath);
    }

    [TestMethod]
    [DataRow("a.json")]
    [DataRow("a.pdb")]
    [DataRow("a.xml")]
    public async Task A_file_that_is_gone_is_named(string name)
    {
        using var box = new Publish();
        box.Add(name, "");
        File.Delete(box.Folder["publish/" + name]);
        EdgeException e = await box.FailsAsync(DiagnosticCodes.PayloadFileMissing);
        Assert.Contains(box.Folder["publish/" + name], e.Message);
    }

    [TestMethod]
    [DataRow("memory")]
    [DataRow("memory.xml")]
    public async Task A_file_that_cannot_be_read_is_named(string target)
    {
        // Root may read every file; the beginning of this one not even root.
        const string Unreadable = "/proc/self/mem";
        if (!File.Exists(Unreadable))
        {
            Assert.Inconclusive("There is no /proc.");
        }

        using var box = new Publish();
        box.Files.Add(new PublishedFile(Unreadable, target));
        Assert.Contains(Unreadable, (await box.FailsAsync(DiagnosticCodes.PayloadFileMissing)).Message);
    }

    [TestMethod]
    public async Task A_damaged_native_file_is_named()
    {
        using var box = new Publish();
        await File.WriteAllBytesAsync(box.Add("libx.so", ""), ElfBytes.Header64()[..40], TestContext.CancellationToken);
        Assert.Contains("libx.so", (await box.FailsAsync(DiagnosticCodes.InvalidElf)).Message);
    }

    [TestMethod]
    public async Task Data_that_only_begins_like_a_native_file_is_the_applications_own_business()
    {
        using var box = new Publish();
        box.Add("firmware.bin", "\u007fELF of another board");
        Payload payload = await box.BuildAsync();
        Assert.AreEqual("app firmware.bin", Names(payload.Files.Select(f => f.TargetPath)));
        Assert.IsNull(payload.Files[1].Machine);
    }

    [TestMethod]
    public async Task Without_the_executable_there_is_nothing_to_start()
    {
        using var box = new Publish();
        box.Files.Clear();
        box.Add("app.dll", "");
        Assert.Contains("'app'", (await box.FailsAsync(DiagnosticCodes.NoExecutable)).Message);
    }

    [TestMethod]
    public async Task An_executable_that_the_user_excludes_is_missed()
    {
        using var box = new Publish();
        box.Patterns.Add("a*");
        await box.FailsAsync(DiagnosticCodes.NoExecutable);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task A_library_with_symbols_is_stripped_once()
    {
        using var box = new Publish { ObjCopy = Programs.Find("objcopy") };
        await AddLibraryAsync(box, "native/libx.so", "-g", BuildId);
        long before = new FileInfo(box.Folder["publish/native/libx.so"]).Length;
        PayloadFile library = (await box.BuildAsync()).Files[1];
        Assert.AreEqual("native/libx.so", library.TargetPath);
        Assert.AreEqual(before, library.Size + library.StrippedBytes);
        Assert.IsGreaterThan(0, library.StrippedBytes);
        Assert.AreEqual(new FileInfo(library.Source).Length, library.Size);
        Assert.IsFalse(library.IsExecutable);
        Assert.IsFalse(ElfReader.TryRead(library.Source)!.HasStrippableSymbols);
        Assert.AreEqual(before, new FileInfo(box.Folder["publish/native/libx.so"]).Length);

        // A tool that always fails shows that it is not asked again.
        box.ObjCopy = "false";
        PayloadFile again = (await box.BuildAsync()).Files[1];
        Assert.AreEqual(library, again);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task An_older_version_of_a_library_is_not_taken_for_the_newer_one()
    {
        using var box = new Publish { ObjCopy = Programs.Find("objcopy") };
        string library = await AddLibraryAsync(box, "libx.so", "-Wl,--build-id=0x2222");
        Assert.AreEqual("2222", (await box.BuildAsync()).Files[1].BuildId);

        await Programs.CompileAsync(box.Folder, "publish/libx.so", "-shared", "-fPIC", "-Wl,--build-id=0x1111");
        File.SetLastWriteTimeUtc(library, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        PayloadFile older = (await box.BuildAsync()).Files[1];
        Assert.AreEqual("1111", older.BuildId);
        Assert.AreEqual("1111", ElfReader.TryRead(older.Source)!.BuildId);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task A_library_stays_as_it_is_where_it_has_no_symbols_or_the_user_wants_it_so()
    {
        using var box = new Publish { ObjCopy = "false" };
        await AddLibraryAsync(box, "stripped.so", "-s");
        Assert.AreEqual(0, (await box.BuildAsync()).Files[1].StrippedBytes);

        await Programs.CompileAsync(box.Folder, "mine/libx.so", "-shared", "-fPIC");
        box.Files.Add(new PublishedFile(box.Folder["mine/libx.so"], "libx.so", IsExplicit: true));
        Assert.AreEqual(0, (await box.BuildAsync()).Files[1].StrippedBytes);

        await AddLibraryAsync(box, "liby.so");
        box.ObjCopy = null;
        Assert.AreEqual(0, (await box.BuildAsync()).Files[2].StrippedBytes);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("false", "exit code 1")]
    [DataRow("/no/such/objcopy", "/no/such/objcopy")]
    public async Task A_strip_tool_that_fails_is_named_and_leaves_nothing(string tool, string seen)
    {
        using var box = new Publish { ObjCopy = tool };
        await AddLibraryAsync(box, "libx.so");
        EdgeException e = await box.FailsAsync(DiagnosticCodes.StripFailed);
        Assert.Contains("libx.so", e.Message);
        Assert.Contains(seen, e.Message);
        Assert.IsEmpty(Directory.EnumerateFiles(box.Folder["stripped"], "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task A_stripped_copy_cannot_be_kept_where_nothing_can_be_written()
    {
        using var box = new Publish { ObjCopy = Programs.Find("objcopy") };
        await AddLibraryAsync(box, "libx.so");
        box.Folder.Write("stripped", "a file, not a folder");
        await box.FailsAsync(DiagnosticCodes.OutputNotWritable);
    }

    [TestMethod]
    public async Task A_cancelled_run_stops_before_the_next_file()
    {
        using var box = new Publish();
        await Assert.ThrowsAsync<OperationCanceledException>(() => box.BuildAsync(new CancellationToken(canceled: true)));
    }

    private static async Task<string> AddLibraryAsync(Publish box, string name, params string[] arguments)
    {
        string file = await Programs.CompileAsync(box.Folder, "publish/" + name, ["-shared", "-fPIC", .. arguments]);
        box.Files.Add(new PublishedFile(file, name));
        return file;
    }

    private static string Names(IEnumerable<string> names) => string.Join(' ', names);

    /// <summary>A publish folder with an executable, and what is asked of the payload.</summary>
    private sealed class Publish : IDisposable
    {
        public Publish() => Add("app", "");

        public TemporaryFolder Folder { get; } = new();

        public List<PublishedFile> Files { get; } = [];

        public List<string> Patterns { get; } = [];

        public List<string> Configuration { get; } = [];

        public string? ObjCopy { get; set; }

        public string Add(string name, string content)
        {
            string file = Folder.Write("publish/" + name, content);
            Files.Add(new PublishedFile(file, name));
            return file;
        }

        public void Include(string name, string content) =>
            Files.Add(new PublishedFile(Folder.Write("mine/" + name, content), name, IsExplicit: true));

        public Task<Payload> BuildAsync(CancellationToken cancellationToken = default)
        {
            var request = new PayloadRequest
            {
                Files = Files,
                ExcludePatterns = Patterns,
                ConfigurationFiles = Configuration,
                PublishFolder = Folder["publish"],
                SymbolsFolder = Folder["symbols"],
                StrippedFolder = Folder["stripped"],
                Executable = "app",
                ObjCopy = ObjCopy,
            };
            return new PayloadBuilder(request, new ObjCopyStripper(), new RecordingSink()).BuildAsync(cancellationToken);
        }

        public async Task<EdgeException> FailsAsync(string code)
        {
            EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => BuildAsync());
            Assert.AreEqual(code, e.Code, e.Message);
            return e;
        }

        public void Dispose() => Folder.Dispose();
    }
}
