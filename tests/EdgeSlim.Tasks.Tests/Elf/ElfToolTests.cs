using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Elf;

namespace EdgeSlim.Tests.Elf;

/// <summary>What is read is what binutils reads.</summary>
[TestClass]
public sealed partial class ElfToolTests
{
    private const string Library = """
        int undefined_one(void);
        extern int undefined_weak(void) __attribute__((weak));
        int counter = 3;
        static int table[1000];
        int defined_one(int n) { return undefined_one() + counter + table[n]; }
        __attribute__((weak)) int defined_weak(void) { return undefined_weak ? undefined_weak() : 0; }
        """;

    public static IEnumerable<string> Installed =>
    [
        "/bin/ls", "/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libm.so.6", "/lib64/ld-linux-x86-64.so.2",
        "/usr/lib/x86_64-linux-gnu/libstdc++.so.6",
    ];

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    [DynamicData(nameof(Installed))]
    public async Task Files_of_this_machine_are_read_as_readelf_reads_them(string file)
    {
        if (!File.Exists(file))
        {
            Assert.Inconclusive($"There is no {file}.");
        }

        await CompareAsync(file);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("-pie -fPIE", ElfType.Shared)]
    [DataRow("-no-pie", ElfType.Executable)]
    [DataRow("-no-pie -Wl,--hash-style=sysv", ElfType.Executable)]
    [DataRow("-rdynamic -Wl,--hash-style=both", ElfType.Shared)]
    [DataRow("-Wl,-z,now -Wl,-rpath,$ORIGIN/lib:/opt/x -Wl,--enable-new-dtags", ElfType.Shared)]
    [DataRow("-Wl,-z,lazy -Wl,-rpath,/opt/x -Wl,--disable-new-dtags", ElfType.Shared)]
    [DataRow("-static-pie -fPIE", ElfType.Shared)]
    [DataRow("-static -no-pie", ElfType.Executable)]
    [DataRow("-shared -fPIC -Wl,-soname,libmade.so.1 -lm", ElfType.Shared)]
    [DataRow("-c", ElfType.Relocatable)]
    public async Task What_gcc_makes_is_read_as_readelf_reads_it(string arguments, ElfType type)
    {
        using var folder = new TemporaryFolder();
        string file = await Programs.CompileAsync(folder, "made", arguments.Split(' '));
        await CompareAsync(file);
        await using FileStream stream = File.OpenRead(file);
        ElfFile elf = ElfReader.TryOpen(stream, file)!.ReadFile();
        Assert.AreEqual(type, elf.Type);
        Assert.AreEqual(ElfClass.Bits64, elf.Class);
        Assert.AreEqual(arguments.StartsWith("-static-pie", StringComparison.Ordinal), elf.IsStaticPie);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("x86_64-linux-gnu", ElfMachine.X64)]
    [DataRow("aarch64-linux-gnu", ElfMachine.Arm64)]
    [DataRow("armv7-linux-gnueabihf", ElfMachine.Arm)]
    public async Task Every_processor_is_read(string target, ElfMachine machine)
    {
        Programs.Find("ld.lld");
        using var folder = new TemporaryFolder();
        await CompareAsync(await CrossCompileAsync(folder, target, "made.o", "-c"));
        string script = folder.Write("script", "MADE_1 { global: defined_*; }; MADE_2 { global: counter; local: *; } MADE_1;");
        string library = await CrossCompileAsync(
            folder, target, "libmade.so", "-shared", "-fuse-ld=lld", "-nostdlib", "-Wl,--version-script=" + script,
            "-Wl,-soname,libmade.so", "-Wl,-rpath,/opt/lib", "-Wl,-z,undefs");
        await CompareAsync(library);

        await using FileStream stream = File.OpenRead(library);
        ElfReader reader = ElfReader.TryOpen(stream, library)!;
        Assert.AreEqual(machine, reader.ReadFile().Machine);
        Assert.AreEqual(machine == ElfMachine.Arm ? ElfClass.Bits32 : ElfClass.Bits64, reader.ReadFile().Class);
        ElfDynamic dynamic = reader.ReadDynamic()!;
        Assert.AreSequenceEqual(["MADE_1", "MADE_2"], dynamic.VersionsDefined);
        Assert.AreEqual("/opt/lib", dynamic.RunPath);
        Assert.AreSequenceEqual(
            ["counter defined", "defined_one defined", "defined_weak defined weak", "undefined_one", "undefined_weak weak"],
            reader.ReadDynamicSymbols().Select(Describe).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task A_file_without_section_headers_says_the_same_to_the_dynamic_linker()
    {
        using var folder = new TemporaryFolder();
        string file = await Programs.CompileAsync(folder, "made", "-Wl,-rpath,/opt/x");
        byte[] bare = await File.ReadAllBytesAsync(file);
        bare.AsSpan(40, 8).Clear();
        bare.AsSpan(60, 4).Clear();
        using MemoryStream stream = new(bare);
        await using FileStream whole = File.OpenRead(file);
        ElfReader one = ElfReader.TryOpen(stream, "bare")!;
        ElfReader two = ElfReader.TryOpen(whole, "whole")!;
        Assert.AreSequenceEqual(two.ReadDynamicSymbols(), one.ReadDynamicSymbols());
        Assert.AreSequenceEqual(two.ReadDynamic()!.VersionsNeeded, one.ReadDynamic()!.VersionsNeeded);
        Assert.AreEqual(two.ReadDynamic()!.RunPath, one.ReadDynamic()!.RunPath);
        Assert.IsEmpty(one.ReadSections());
        Assert.IsEmpty(one.ReadUndefinedSymbols());
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task More_sections_than_their_field_can_count_are_counted()
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write(
            "many.s",
            string.Concat(Enumerable.Range(0, 65_400).Select(i => $".section .text.f{i},\"ax\"\nnop\n"))
            + ".text\n.globl wanted\ncall wanted\n");
        await Programs.RunAsync("gcc", "-c", "-o", folder["many.o"], source);
        await using FileStream stream = File.OpenRead(folder["many.o"]);
        ElfReader reader = ElfReader.TryOpen(stream, "many.o")!;
        Assert.IsGreaterThan(65_400, reader.ReadSections().Count);
        Assert.AreEqual("wanted", reader.ReadUndefinedSymbols().Single().Name);
        Assert.IsTrue(reader.ReadFile().HasStrippableSymbols);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Names_of_any_length_are_read_of_undefined_symbols()
    {
        using var folder = new TemporaryFolder();
        string[] names = [.. new[] { 1, 500, 511, 512, 513, 2048, 9000, 3 }.Select((length, i) => new string((char)('a' + i), length))];
        string source = folder.Write("long.s", string.Concat(names.Select(n => $"call {n}\n")) + ".globl defined\ndefined: nop\n");
        await Programs.RunAsync("gcc", "-c", "-o", folder["long.o"], source);
        await using FileStream stream = File.OpenRead(folder["long.o"]);
        ElfReader reader = ElfReader.TryOpen(stream, "long.o")!;
        Assert.AreSequenceEqual(names.Order(), reader.ReadUndefinedSymbols().Select(s => s.Name).Order());
    }

    private static async Task<string> CrossCompileAsync(
        TemporaryFolder folder, string target, string file, params string[] arguments)
    {
        string source = folder.Write("library.c", Library);
        await Programs.RunAsync("clang", ["--target=" + target, "-fPIC", "-ffreestanding", .. arguments, "-o", folder[file], source]);
        return folder[file];
    }

    private static async Task CompareAsync(string file)
    {
        await using FileStream stream = File.OpenRead(file);
        ElfReader reader = ElfReader.TryOpen(stream, file)!;

        string dynamic = await Programs.RunAsync("readelf", "-dW", file);
        ElfDynamic? read = reader.ReadDynamic();
        Assert.AreSequenceEqual(Entries("NEEDED"), read?.Needed ?? []);
        Assert.AreEqual(Entries("SONAME").SingleOrDefault(), read?.SoName);
        Assert.AreEqual(Entries("RPATH").SingleOrDefault(), read?.RPath);
        Assert.AreEqual(Entries("RUNPATH").SingleOrDefault(), read?.RunPath);
        Assert.AreEqual(dynamic.Contains("BIND_NOW", StringComparison.Ordinal) || Now().IsMatch(dynamic), read?.BindsNow ?? false);

        string versions = await Programs.RunAsync("readelf", "-VW", file);
        Assert.AreSequenceEqual(VersionsNeeded(versions), read?.VersionsNeeded ?? []);
        Assert.AreSequenceEqual(
            Defined().Matches(versions).Where(m => m.Groups["flags"].Value != "BASE").Select(m => m.Groups["name"].Value),
            read?.VersionsDefined ?? []);

        string dynamicSymbols = await Programs.RunAsync("readelf", "--dyn-syms", "-W", file);
        Assert.AreSequenceEqual(Symbols(dynamicSymbols), reader.ReadDynamicSymbols().Select(Describe));
        string symbols = await Programs.RunAsync("readelf", "-sW", file);
        int table = symbols.IndexOf("Symbol table '.symtab'", StringComparison.Ordinal);
        Assert.AreSequenceEqual(
            table < 0 ? [] : Symbols(symbols[table..]).Where(s => !s.Contains(" defined", StringComparison.Ordinal)),
            reader.ReadUndefinedSymbols().Select(Describe));

        string sections = await Programs.RunAsync("readelf", "-SW", file);
        Assert.AreSequenceEqual(
            Section().Matches(sections).Select(m =>
            {
                long size = long.Parse(m.Groups["size"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                string flags = m.Groups["flags"].Value;
                return new ElfSection(
                    m.Groups["name"].Value, size, m.Groups["type"].Value != "NOBITS", flags.Contains('A'), flags.Contains('W'), flags.Contains('X'));
            }),
            reader.ReadSections());

        IEnumerable<string> Entries(string tag) =>
            Regex.Matches(dynamic, $@"\({tag}\).*\[(.*)\]").Select(m => m.Groups[1].Value);
    }

    private static IEnumerable<ElfVersionNeed> VersionsNeeded(string text)
    {
        string library = "";
        foreach (Match match in Needed().Matches(text))
        {
            library = match.Groups["file"].Success ? match.Groups["file"].Value : library;
            if (match.Groups["name"].Success)
            {
                yield return new ElfVersionNeed(library, match.Groups["name"].Value, match.Groups["flags"].Value.Contains("WEAK", StringComparison.Ordinal));
            }
        }
    }

    private static IEnumerable<string> Symbols(string text) =>
        SymbolLine().Matches(text)
            .Where(m => m.Groups["bind"].Value != "LOCAL")
            .Select(m => new ElfSymbol(m.Groups["name"].Value, m.Groups["section"].Value != "UND", m.Groups["bind"].Value == "WEAK"))
            .Select(Describe);

    // In the symbol table of a linked file GNU ld adds the version to the name.
    private static string Describe(ElfSymbol symbol) =>
        symbol.Name.Split('@')[0] + (symbol.IsDefined ? " defined" : "") + (symbol.IsWeak ? " weak" : "");

    [GeneratedRegex(@"\(FLAGS_1\).*\bNOW\b")]
    private static partial Regex Now();

    [GeneratedRegex(@"Version: \d+\s+File: (?<file>\S+)|0x\w+:\s+Name: (?<name>\S+)\s+Flags: (?<flags>.*?)\s+Version: \d+")]
    private static partial Regex Needed();

    [GeneratedRegex(@"Rev: \d+\s+Flags: (?<flags>\S+).*Name: (?<name>\S+)")]
    private static partial Regex Defined();

    [GeneratedRegex(@"^ *\d+: [0-9a-f]+ +\S+ \S+ +(?<bind>\S+) +\S+ +(?:\[[^\]]*\] +)?(?<section>\S+) (?<name>[^\s@]+)", RegexOptions.Multiline)]
    private static partial Regex SymbolLine();

    [GeneratedRegex(@"^ *\[ *[1-9]\d*\] (?<name>\S+) +(?<type>\S+) +[0-9a-f]+ [0-9a-f]+ (?<size>[0-9a-f]+) [0-9a-f]+ (?<flags>[ A-Za-z]{3}) ", RegexOptions.Multiline)]
    private static partial Regex Section();
}
