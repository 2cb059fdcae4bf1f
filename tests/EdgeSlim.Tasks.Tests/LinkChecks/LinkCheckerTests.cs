using System.Formats.Tar;
using EdgeSlim.Diagnostics;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.LinkChecks;

/// <summary>Real files in real layers.</summary>
[TestClass]
public sealed class LinkCheckerTests
{
    private const string Interpreter = "/lib64/ld-linux-x86-64.so.2";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow(MediaTypes.LayerGzip)]
    [DataRow(MediaTypes.DockerLayerGzip)]
    [DataRow(MediaTypes.Layer)]
    [DataRow(MediaTypes.LayerZstd)]
    public async Task Layers_of_every_compression_are_read(string mediaType)
    {
        using var folder = new TemporaryFolder();
        string program = await CompileAsync(folder, "agent", "int main(void) { return 0; }", "-static-pie");
        Verdict verdict = Passes(new SampleLayout(folder).Layer(tar => tar.File("app/agent", program), mediaType).Check());
        Assert.AreSequenceEqual(["/app/agent"], verdict.Loaded);
        Assert.AreEqual(1, verdict.NativeFiles);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Symbols_are_read_by_debuggers_and_loaded_by_nobody()
    {
        using var folder = new TemporaryFolder();
        string program = await CompileAsync(folder, "agent", "int main(void) { return 0; }", "-static-pie");
        await Programs.RunAsync("objcopy", "--only-keep-debug", program, folder["agent.debug"]);
        Verdict verdict = Passes(new SampleLayout(folder)
            .Layer(tar => tar.File("app/agent", program))
            .Layer(tar => tar.File("usr/lib/debug/.build-id/ab/cd.debug", folder["agent.debug"], 0b110_100_100))
            .Check());
        Assert.AreEqual(1, verdict.NativeFiles);
    }

    [TestMethod]
    [DataRow("/bin/sh", "", true)]
    [DataRow("/busybox/sh", "PATH=/usr/bin:/busybox", true)]
    [DataRow("/busybox/sh", "", false)]
    [DataRow("/bin/bash", "", false)]
    public void An_image_to_look_around_in_has_a_shell(string path, string variable, bool isFound)
    {
        SampleImage image = new SampleImage().Program("/app/agent", [], interpreter: null).Program(path, [], interpreter: null);
        image.Config = image.Config with { Env = variable.Length == 0 ? null : [variable] };
        image.Passes();

        LinkCheckResult result = image.Judge([], needsShell: true);
        Assert.AreEqual(isFound ? "" : DiagnosticCodes.NoDebugShell, string.Join(' ', result.Errors.Select(e => e.Code)));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task What_the_linker_was_told_is_found_in_the_image()
    {
        using var folder = new TemporaryFolder();
        string interpreter = await CompileAsync(folder, "ld.so", "int start(void) { return 0; }", "-shared", "-Wl,-soname,ld-linux-x86-64.so.2");
        string two = await CompileAsync(folder, "libtwo.so", "int two(void) { return 2; }", "-shared", "-Wl,-soname,libtwo.so.2");
        string one = await CompileAsync(
            folder, "libone.so", "int two(void); int one(void) { return two(); }", "-shared", "-Wl,-soname,libone.so", two, "-Wl,-rpath,$ORIGIN/more");
        string program = await CompileAsync(
            folder, "agent", "int one(void); int main(void) { return one(); }", one, "-Wl,-rpath,$ORIGIN/../lib/app",
            "-Wl,--dynamic-linker=" + Interpreter, "-pie", "-Wl,-z,undefs");
        void Base(TarWriter tar)
        {
            tar.File("./usr/lib64/ld.so", interpreter);
            tar.Link(TarEntryType.SymbolicLink, "./lib64", "usr/lib64");
            tar.Link(TarEntryType.SymbolicLink, "./usr/lib64/ld-linux-x86-64.so.2", "ld.so");
            tar.Link(TarEntryType.SymbolicLink, "./lib", "usr/lib");
            tar.File("./usr/lib/app/libone.so", one, 0b110_100_100);
            tar.File("./usr/lib/app/more/libtwo.so.2.0", two, 0b110_100_100);
            tar.Link(TarEntryType.HardLink, "./usr/lib/app/more/libtwo.so.2", "./usr/lib/app/more/libtwo.so.2.0");
        }

        void Application(TarWriter tar) => tar.File("app/agent", program);
        Verdict verdict = Passes(new SampleLayout(folder).Layer(Base).Layer(Application).Check());
        Assert.AreSequenceEqual(
            ["/app/agent", "/usr/lib64/ld.so", "/lib/app/libone.so", "/lib/app/more/libtwo.so.2"], verdict.Loaded);

        // A whiteout takes it away again.
        LinkCheckResult result = new SampleLayout(folder).Layer(Base).Layer(Application)
            .Layer(tar => tar.Text("usr/lib/app/more/.wh.libtwo.so.2", "")).Check();
        Assert.Contains("needs the library 'libtwo.so.2'", Only(result, DiagnosticCodes.LibraryMissing));
        result = new SampleLayout(folder).Layer(Base).Layer(Application)
            .Layer(tar => tar.Text("usr/lib/app/.wh..wh..opq", "")).Check();
        Assert.Contains("needs the library 'libone.so'", Only(result, DiagnosticCodes.LibraryMissing));
        result = new SampleLayout(folder).Layer(Application).Check();
        Assert.Contains(Interpreter, Only(result, DiagnosticCodes.BaseCannotRun));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Versions_and_symbols_of_real_libraries_are_compared()
    {
        using var folder = new TemporaryFolder();
        string Script(string content) => folder.Write(Guid.NewGuid().ToString("N"), content);
        string now = await CompileAsync(
            folder, "now/libone.so", "int one(void) { return 1; } int other(void) { return 1; }", "-shared",
            "-Wl,-soname,libone.so", "-Wl,--version-script=" + Script("ONE_1 { global: other; }; ONE_2 { global: one; } ONE_1;"));
        string before = await CompileAsync(
            folder, "before/libone.so", "int other(void) { return 1; }", "-shared", "-Wl,-soname,libone.so",
            "-Wl,--version-script=" + Script("ONE_1 { global: other; };"));
        string without = await CompileAsync(
            folder, "without/libone.so", "int other(void) { return 1; }", "-shared", "-Wl,-soname,libone.so",
            "-Wl,--version-script=" + Script("ONE_1 { global: other; }; ONE_2 { } ONE_1;"));
        string interpreter = await CompileAsync(folder, "ld.so", "int start(void) { return 0; }", "-shared");
        string program = await CompileAsync(
            folder, "agent", "int one(void); int main(void) { return one(); }", now, "-Wl,-rpath,/app", "-pie",
            "-Wl,--dynamic-linker=" + Interpreter, "-Wl,-z,now");
        LinkCheckResult With(string library) => new SampleLayout(folder).Layer(tar =>
        {
            tar.File(Interpreter, interpreter);
            tar.File("app/agent", program);
            tar.File("app/libone.so", library);
        }).Check();
        Passes(With(now));
        Assert.Contains("needs ONE_2 of '/app/libone.so'", Only(With(before), DiagnosticCodes.VersionMissing));
        Assert.Contains("uses one, which no library", Only(With(without), DiagnosticCodes.SymbolMissing));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("aarch64-linux-gnu")]
    [DataRow("armv7-linux-gnueabihf")]
    public async Task A_program_for_another_processor_is_refused(string target)
    {
        using var folder = new TemporaryFolder();
        string program = await CompileAsync(folder, "agent", "int main(void) { return 0; }", "--target=" + target, "-static-pie");
        Only(new SampleLayout(folder).Layer(tar => tar.File("app/agent", program)).Check(), DiagnosticCodes.BinaryWrongPlatform);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task A_program_of_this_machine_runs_on_its_libraries()
    {
        string[] libraries = [Interpreter, "/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libm.so.6", "/etc/ld.so.cache"];
        if (!libraries.All(File.Exists))
        {
            Assert.Inconclusive("This is no Debian on x86-64.");
        }

        using var folder = new TemporaryFolder();
        string source = folder.Write("a.c", "#include <math.h>\n#include <stdio.h>\nint main(int n, char **v) { return printf(\"%g\", cos(n)) + v[0][0]; }");
        await Programs.RunAsync("gcc", "-o", folder["agent"], source, "-lm");
        Verdict verdict = Passes(new SampleLayout(folder)
            .Layer(tar =>
            {
                foreach (string library in libraries)
                {
                    tar.File(library, library);
                }
            })
            .Layer(tar => tar.File("app/agent", folder["agent"]))
            .Check());
        Assert.HasCount(4, verdict.Loaded);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task A_file_that_is_too_large_for_the_memory_is_read_all_the_same()
    {
        using var folder = new TemporaryFolder();
        string program = await CompileAsync(folder, "agent", "int main(void) { return 0; }", "-static-pie");
        await using (FileStream stream = File.OpenWrite(program))
        {
            stream.SetLength(33 << 20);
        }

        int before = Directory.GetFiles(Path.GetTempPath(), "edgeslim-*").Length;
        Verdict verdict = Passes(new SampleLayout(folder)
            .Layer(tar =>
            {
                tar.File("app/agent", program);
                tar.File("app/another", program);
            })
            .Check());
        Assert.AreEqual(2, verdict.NativeFiles);
        Assert.IsLessThanOrEqualTo(before, Directory.GetFiles(Path.GetTempPath(), "edgeslim-*").Length);
    }

    [TestMethod]
    public void Scripts_and_damaged_programs_are_seen()
    {
        using var folder = new TemporaryFolder();
        LinkCheckResult result = new SampleLayout(folder).Layer(tar =>
        {
            tar.Text("app/agent", "#! /bin/sh -e\nexit 0\n", 0b111_101_101);
            tar.Text("app/broken.so", "\u007fELF and no more");
            tar.Text("app/short", "#");
            tar.Text("app/empty", "");
        }).Check();
        Assert.Contains("a script for '/bin/sh'", result.Errors.Single().Text);
        Problem broken = result.Verdict.Warnings.Single();
        Assert.AreEqual(DiagnosticCodes.InvalidElf, broken.Code);
        Assert.Contains("'/app/broken.so'", broken.Text);
    }

    [TestMethod]
    public void A_layer_that_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        byte[] noise = new byte[4096];
        new Random(1).NextBytes(noise);
        foreach (string mediaType in (string[])[MediaTypes.Layer, MediaTypes.LayerGzip, MediaTypes.LayerZstd])
        {
            Assert.Contains("is no sound archive", Damaged(new SampleLayout(folder).Blob(noise, mediaType)));
        }

        byte[] sound = SoundArchive(folder);
        Assert.Contains("is no sound archive", Damaged(new SampleLayout(folder).Blob(sound[..(sound.Length / 2)])));
        Assert.Contains("media type 'text/plain'", Damaged(new SampleLayout(folder).Blob(noise, "text/plain")));
        string deep = string.Concat(Enumerable.Repeat("a/", 100_000));
        Assert.Contains("characters", Damaged(new SampleLayout(folder).Layer(tar => tar.Text(deep + "b", ""))));
    }

    [TestMethod]
    [DataRow(5000)]
    [DataRow(512)]
    public void An_archive_without_zeros_at_its_end_is_read(int size)
    {
        // As umoci's insert writes it.
        using var folder = new TemporaryFolder();
        using MemoryStream archive = new();
        using (TarWriter tar = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "app/agent")
            {
                DataStream = new MemoryStream([.. "#!/bin/sh\n"u8, .. Enumerable.Repeat((byte)'x', size - 10)]),
                Mode = (UnixFileMode)0b111_101_101,
            });
        }

        LinkCheckResult result = new SampleLayout(folder).Blob(archive.ToArray()[..(512 + size)], MediaTypes.Layer).Check();
        Assert.Contains("a script for '/bin/sh'", Only(result, DiagnosticCodes.ScriptInterpreterMissing));
    }

    [TestMethod]
    public async Task A_run_can_be_cancelled()
    {
        using var folder = new TemporaryFolder();
        SampleLayout layout = new SampleLayout(folder).Layer(tar => tar.Text("a", ""));
        layout.Check();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Run(
            () => LinkChecker.Check(layout.Layout, [], needsShell: false, new CancellationToken(canceled: true)), TestContext.CancellationToken));
    }

    private static byte[] SoundArchive(TemporaryFolder folder)
    {
        SampleLayout layout = new SampleLayout(folder).Layer(tar =>
        {
            tar.Text("one", new string('x', 5000));
            tar.Text("two", Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(5000)));
        });
        layout.Check();
        using FileStream blob = layout.Layout.OpenBlob(layout.Layout.ReadImage().Manifest.Layers[0]);
        byte[] content = new byte[blob.Length];
        blob.ReadExactly(content);
        return content;
    }

    private static string Damaged(SampleLayout layout)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => layout.Check());
        Assert.AreEqual(DiagnosticCodes.LayoutDamaged, e.Code);
        return e.Message;
    }

    private static Verdict Passes(LinkCheckResult result)
    {
        Assert.AreEqual("", string.Join('\n', result.Errors.Concat(result.Verdict.Warnings).Select(p => p.Text)));
        return result.Verdict;
    }

    private static string Only(LinkCheckResult result, string code)
    {
        Problem[] fatal = [.. result.Errors];
        Assert.HasCount(1, fatal, string.Join('\n', fatal.Select(p => p.Text)));
        Assert.AreEqual(code, fatal[0].Code);
        return fatal[0].Text;
    }

    /// <summary>Compiles without a C library, for x86-64 on every machine.</summary>
    private static async Task<string> CompileAsync(TemporaryFolder folder, string file, string code, params string[] arguments)
    {
        Programs.Find("ld.lld");
        string source = folder.Write(file + ".c", code);
        await Programs.RunAsync(
            "clang",
            ["--target=x86_64-linux-gnu", "-nostdlib", "-ffreestanding", "-fPIC", "-fuse-ld=lld", "-Wl,-e,main", .. arguments, "-o", folder[file], source]);
        return folder[file];
    }
}
