using System.Buffers.Binary;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;
using EdgeSlim.LinkChecks;
using EdgeSlim.RootFileSystems;
using static EdgeSlim.Tests.LinkChecks.SampleImage;

namespace EdgeSlim.Tests.LinkChecks;

[TestClass]
public sealed class LinkCheckTests
{
    private const string Musl = "/lib/ld-musl-x86_64.so.1";

    [TestMethod]
    public void A_static_program_needs_nothing() => Assert.AreSequenceEqual(
        ["/app/agent"], new SampleImage().Program("/app/agent", [], interpreter: null).Passes().Loaded);

    [TestMethod]
    public void The_symbols_that_a_static_program_lists_are_bound_by_nobody() =>
        // lld leaves this one in each of .NET's.
        new SampleImage().Program("/app/agent", [], interpreter: null, lacks: ["__tls_get_addr"], bindsNow: true).Passes();

    [TestMethod]
    public void A_program_whose_libraries_are_all_there_passes()
    {
        Verdict verdict = WithGlibc().Passes();
        Assert.AreSequenceEqual(["/app/agent", Interpreter, Libraries + "libc.so.6"], verdict.Loaded);
        Assert.AreEqual(3, verdict.NativeFiles);
    }

    [TestMethod]
    [DataRow("arm64", "linux/arm64")]
    [DataRow("arm", "linux/arm")]
    public void A_program_for_another_processor_is_refused(string architecture, string platform)
    {
        string text = new SampleImage { Architecture = architecture }.Program("/app/agent", [], interpreter: null)
            .Fails(DiagnosticCodes.BinaryWrongPlatform);
        Assert.Contains($"compiled for X64, but the image is declared for {platform}", text);
    }

    [TestMethod]
    public void A_helper_for_another_processor_is_a_warning_and_a_library_is_none()
    {
        WithGlibc().Program("/app/helper", [], null, machine: ElfMachine.Arm64).Warns(DiagnosticCodes.BinaryWrongPlatform);
        WithGlibc().Program("/usr/bin/foreign", [], null, machine: ElfMachine.Arm64, layer: BaseLayer).Passes();
        WithGlibc().Library("/app/runtimes/linux-arm64/native/x.so", needed: ["libnowhere.so"], machine: ElfMachine.Arm64).Passes();
    }

    [TestMethod]
    public void An_interpreter_that_is_not_there_is_refused_once()
    {
        string text = new SampleImage().Program("/app/agent", ["libc.so.6"]).Fails(DiagnosticCodes.BaseCannotRun);
        Assert.Contains("'/app/agent'", text);
        Assert.Contains($"'{Interpreter}', which is not in the image", text);
    }

    [TestMethod]
    public void An_interpreter_has_to_be_executable_and_for_the_processor()
    {
        Assert.Contains("(mode 0644)", WithGlibc().With(Interpreter, e => e with { Mode = 0b110_100_100 }).Fails(DiagnosticCodes.BaseCannotRun));
        Assert.Contains("another processor", WithGlibc().Library(Interpreter, machine: ElfMachine.Arm64).Fails(DiagnosticCodes.BaseCannotRun));
        Assert.Contains("is no program", WithGlibc().Text(Interpreter, mode: 0b111_101_101).Fails(DiagnosticCodes.BaseCannotRun));
    }

    [TestMethod]
    public void A_library_that_is_not_there_is_refused_with_the_way_to_it()
    {
        string text = WithGlibc("libone.so").Library("/usr/lib/libone.so", needed: ["libtwo.so.2"]).Fails(DiagnosticCodes.LibraryMissing);
        Assert.Contains("'/usr/lib/libone.so' needs the library 'libtwo.so.2', which is not in the image", text);
        Assert.Contains("/app/agent > /usr/lib/libone.so", text);
    }

    [TestMethod]
    [DataRow("/lib/x86_64-linux-gnu")]
    [DataRow("/usr/lib/x86_64-linux-gnu")]
    [DataRow("/lib64")]
    [DataRow("/usr/lib64")]
    [DataRow("/lib")]
    [DataRow("/usr/lib")]
    public void Libraries_are_found_in_the_default_folders(string folder) =>
        WithGlibc("libone.so").Library(folder + "/libone.so").Passes();

    [TestMethod]
    [DataRow("/app")]
    [DataRow("/usr/local/lib")]
    public void A_library_elsewhere_is_not_found_and_the_message_says_where_it_is(string folder) => Assert.Contains(
        $"at '{folder}/libone.so', where the dynamic linker does not look",
        WithGlibc("libone.so").Library(folder + "/libone.so").Fails(DiagnosticCodes.LibraryMissing));

    [TestMethod]
    public void A_library_for_another_processor_is_passed_over()
    {
        SampleImage image = WithGlibc("libone.so").Library("/lib/libone.so", machine: ElfMachine.Arm64);
        Assert.Contains("for another processor only", image.Fails(DiagnosticCodes.LibraryMissing));
        image.Library("/usr/lib/libone.so").Passes();
    }

    [TestMethod]
    [DataRow("$ORIGIN/native")]
    [DataRow("/nowhere:${ORIGIN}/native")]
    [DataRow("/app/native")]
    [DataRow("/app/$LIB/../native")]
    public void RUNPATH_and_RPATH_are_searched(string path)
    {
        SampleImage With(string? runPath, string? rPath) => WithGlibc()
            .Folder("/app/lib", 0b111_101_101)
            .Program("/app/agent", ["libc.so.6", "libone.so"], runPath: runPath, rPath: rPath)
            .Library("/app/native/libone.so");
        With(path, null).Passes();
        With(null, path).Passes();
    }

    [TestMethod]
    public void RPATH_counts_for_what_is_loaded_and_RUNPATH_does_not()
    {
        SampleImage With(string? runPath, string? rPath) => WithGlibc()
            .Program("/app/agent", ["libone.so"], runPath: runPath, rPath: rPath)
            .Library("/app/native/libone.so", needed: ["libtwo.so"])
            .Library("/app/native/libtwo.so");
        With(null, "$ORIGIN/native").Passes();
        With("$ORIGIN/native", null).Fails(DiagnosticCodes.LibraryMissing);
        // RUNPATH makes RPATH void.
        With("$ORIGIN/native", "$ORIGIN/native").Fails(DiagnosticCodes.LibraryMissing);
        With("$ORIGIN/native", null).Library("/app/native/libone.so", needed: ["libtwo.so"], runPath: "$ORIGIN").Passes();
    }

    [TestMethod]
    public void A_library_that_is_loaded_already_is_not_looked_for() => WithGlibc()
        .Program("/app/agent", ["libtwo.so", "libone.so"], runPath: "$ORIGIN/native")
        .Library("/app/native/libone.so", needed: ["libtwo.so"])
        .Library("/app/native/libtwo.so")
        .Passes();

    [TestMethod]
    public void LD_LIBRARY_PATH_of_the_image_is_searched()
    {
        SampleImage image = WithGlibc("libone.so").Library("/opt/lib/libone.so");
        image.Config = image.Config with { Env = ["PATH=/bin", "LD_LIBRARY_PATH=/nowhere:/opt/lib"] };
        image.Passes();
    }

    [TestMethod]
    public void The_cache_counts_and_its_configuration_does_not()
    {
        SampleImage image = WithGlibc("libone.so").Library("/usr/local/lib/libone.so")
            .Text("/etc/ld.so.conf", "/usr/local/lib\n");
        image.Fails(DiagnosticCodes.LibraryMissing);
        image.Add(new ImageEntry
        {
            Path = "/etc/ld.so.cache",
            Kind = ImageEntryKind.File,
            Mode = 0b110_100_100,
            Content = Cache(("libone.so", "/usr/local/lib/libone.so")),
        }).Passes();
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(30)]
    [DataRow(60)]
    public void A_damaged_cache_is_passed_over(int length)
    {
        byte[] cache = Cache(("libone.so", "/usr/local/lib/libone.so"));
        WithGlibc("libone.so").Library("/usr/local/lib/libone.so").Add(new ImageEntry
        {
            Path = "/etc/ld.so.cache",
            Kind = ImageEntryKind.File,
            Mode = 0,
            Content = cache[..length],
        }).Fails(DiagnosticCodes.LibraryMissing);
    }

    [TestMethod]
    public void A_version_that_the_library_does_not_define_is_refused()
    {
        ElfVersionNeed[] needs =
            [new("libc.so.6", "GLIBC_2.38", false), new("libc.so.6", "GLIBC_2.34", false), new("libc.so.6", "GLIBC_2.36", false)];
        string text = WithGlibc().Program("/app/agent", ["libc.so.6"], versions: needs, lacks: ["strlcpy"])
            .Fails(DiagnosticCodes.VersionMissing);
        Assert.Contains($"needs GLIBC_2.36, GLIBC_2.38 of '{Libraries}libc.so.6'", text);
    }

    [TestMethod]
    public void A_weak_version_and_a_library_without_versions_are_let_pass()
    {
        WithGlibc().Program("/app/agent", ["libc.so.6"], versions: [new("libc.so.6", "GLIBC_2.99", true)]).Passes();
        WithGlibc("libone.so").Library("/lib/libone.so")
            .Program("/app/agent", ["libone.so"], versions: [new("libone.so", "ONE_1", false)]).Passes();
    }

    [TestMethod]
    public void A_symbol_that_nobody_defines_is_an_error_where_it_is_bound_at_once_and_else_a_warning()
    {
        string text = WithGlibc().Program("/app/agent", ["libc.so.6"], lacks: ["printf", "trunc", "optional?"])
            .Warns(DiagnosticCodes.SymbolMissing);
        Assert.Contains("uses trunc, which no library", text);
        WithGlibc().Program("/app/agent", ["libc.so.6"], lacks: ["trunc"], bindsNow: true).Fails(DiagnosticCodes.SymbolMissing);
    }

    [TestMethod]
    public void Many_symbols_are_one_problem() => Assert.Contains(
        "uses s10, s11, s12, s13, s14 and 15 more, which",
        WithGlibc().Program("/app/agent", ["libc.so.6"], lacks: [.. Enumerable.Range(10, 20).Select(i => $"s{i}")])
            .Warns(DiagnosticCodes.SymbolMissing));

    [TestMethod]
    public void A_plugin_finds_what_the_application_has_loaded_and_no_more()
    {
        // As libe_sqlite3.so does with 'trunc' of libm.
        SampleImage With(params string[] needed) => WithGlibc(needed)
            .Library("/lib/libm.so.6", BaseLayer, symbols: ["trunc"])
            .Library("/app/libe_sqlite3.so", needed: ["libc.so.6"], lacks: ["printf", "trunc"], bindsNow: true);
        With("libm.so.6").Passes();
        Assert.Contains("'/app/libe_sqlite3.so' uses trunc", With().Warns(DiagnosticCodes.SymbolMissing));
    }

    [TestMethod]
    public void A_plugin_whose_library_is_missing_is_a_warning() =>
        WithGlibc().Library("/app/plugin.so", needed: ["libc.so.6", "libgone.so"]).Warns(DiagnosticCodes.LibraryMissing);

    [TestMethod]
    public void Of_the_base_images_plugins_libraries_are_checked_and_symbols_are_not()
    {
        // They are for programs that bring the symbols, such as modules of an interpreter.
        WithGlibc().Library("/usr/lib/python/module.so", BaseLayer, needed: ["libc.so.6"], lacks: ["Py_Initialize"]).Passes();
        WithGlibc().Library("/usr/lib/python/module.so", BaseLayer, needed: ["libgone.so"]).Warns(DiagnosticCodes.LibraryMissing);
        WithGlibc().Program("/usr/bin/tool", ["libgone.so"], layer: BaseLayer).Warns(DiagnosticCodes.LibraryMissing);
    }

    [TestMethod]
    public void A_program_of_musl_runs_on_musl()
    {
        // All these names are musl itself, and it knows no versions.
        SampleImage image = new SampleImage()
            .Library(Musl, BaseLayer, symbols: ["printf"])
            .Program("/app/agent", ["libc.musl-x86_64.so.1", "libm.so.1", "libone.so"], Musl, versions: [new("libone.so", "ONE_2", false)])
            .Library("/usr/local/lib/libone.so", versions: ["ONE_1"]);
        image.Passes();
        image.Text("/etc/ld-musl-x86_64.path", "/opt/a:/opt/b\n").Fails(DiagnosticCodes.LibraryMissing);
        image.Library("/opt/b/libone.so").Passes();
    }

    [TestMethod]
    public void On_musl_every_symbol_is_bound_at_once_and_search_paths_are_inherited()
    {
        SampleImage image = new SampleImage().Library(Musl, BaseLayer)
            .Program("/app/agent", ["libone.so"], Musl, runPath: "$ORIGIN")
            .Library("/app/libone.so", needed: ["libtwo.so"])
            .Library("/app/libtwo.so");
        image.Passes();
        image.Library("/app/libtwo.so", lacks: ["gone"]).Fails(DiagnosticCodes.SymbolMissing);
    }

    [TestMethod]
    public void The_two_C_libraries_do_not_mix()
    {
        string text = new SampleImage().Library(Musl, BaseLayer).Program("/app/agent", ["libc.so.6"]).Fails(DiagnosticCodes.WrongCLibrary);
        Assert.Contains("made for Glibc, but the C library of the image or of the process is Musl", text);
        WithGlibc().Program("/app/agent", ["libc.musl-x86_64.so.1"], Musl).Fails(DiagnosticCodes.WrongCLibrary);
        Assert.Contains(
            "'/app/plugin.so' is made for Musl",
            WithGlibc().Library("/app/plugin.so", needed: ["libc.musl-x86_64.so.1"]).Warns(DiagnosticCodes.WrongCLibrary));
    }

    [TestMethod]
    public void Everything_is_said_at_once_in_one_order()
    {
        SampleImage image = WithGlibc("libz.so", "liba.so")
            .Library("/app/plugin.so", needed: ["libgone.so"])
            .Script("/app/run.sh", "/bin/sh");
        LinkCheckResult result = image.Judge();
        Assert.AreSequenceEqual(["liba.so", "libz.so"], result.Errors.Select(e => e.Missing));
        Assert.AreSequenceEqual(["/app/plugin.so", "/app/run.sh"], result.Verdict.Warnings.Select(w => w.File));
    }

    [TestMethod]
    [DataRow("libgone.so")]
    [DataRow("libgo*.so")]
    [DataRow("/app/agent")]
    [DataRow("agent")]
    [DataRow("/app/*")]
    public void What_the_user_knows_better_is_passed_over(string pattern)
    {
        LinkCheckResult result = WithGlibc("libgone.so").Judge(pattern);
        Assert.IsEmpty(result.Errors);
        Assert.AreEqual(DiagnosticCodes.LibraryMissing, result.Verdict.Ignored.Single().Code);
    }

    [TestMethod]
    [DataRow("gone")]
    [DataRow("/libgone.so")]
    [DataRow("LIBGONE.SO")]
    public void Other_names_are_not_passed_over(string pattern) => Assert.HasCount(1, WithGlibc("libgone.so").Judge(pattern).Errors);

    [TestMethod]
    public void A_damaged_program_is_refused_and_a_damaged_plugin_is_a_warning()
    {
        WithGlibc().Add(Damaged("/app/plugin.so")).Warns(DiagnosticCodes.InvalidElf);
        WithGlibc().Add(Damaged("/app/agent")).Fails(DiagnosticCodes.InvalidElf);
    }

    private static ImageEntry Damaged(string path) =>
        new() { Path = path, Kind = ImageEntryKind.File, Mode = 0b111_101_101, Damage = "It is cut off.", Layer = 3 };

    /// <summary>A cache with the table of older systems in front.</summary>
    private static byte[] Cache(params (string Name, string Path)[] libraries)
    {
        byte[] table = new byte[48 + (24 * libraries.Length)];
        "glibc-ld.so.cache1.1"u8.CopyTo(table);
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(20), libraries.Length);
        List<byte> names = [];
        for (int i = 0; i < libraries.Length; i++)
        {
            Put(48 + (24 * i) + 4, libraries[i].Name);
            Put(48 + (24 * i) + 8, libraries[i].Path);
        }

        return [.. "ld.so-1.7.0\0\0\0\0\0"u8, .. table, .. names];

        void Put(int at, string text)
        {
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(at), table.Length + names.Count);
            names.AddRange(Encoding.ASCII.GetBytes(text + "\0"));
        }
    }
}
