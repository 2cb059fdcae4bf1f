using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Tests.Elf;

/// <summary>Files that were made to keep a reader busy.</summary>
[TestClass]
public sealed class ElfHostileTests
{
    private const int At = ElfBytes.ContentAt;
    private const long Strings = 5;
    private const long StringsSize = 10;
    private const long Symbols = 6;
    private const long Hash = 4;
    private const long GnuHash = 0x6FFFFEF5;
    private const long VersionsNeeded = 0x6FFFFFFE;
    private const long VersionsNeededCount = 0x6FFFFFFF;
    private const long VersionsDefined = 0x6FFFFFFC;
    private const long VersionsDefinedCount = 0x6FFFFFFD;

    [TestMethod]
    public void Versions_that_overlap_are_not_followed_for_ever()
    {
        // Each entry says that the next one begins one byte later and that it has 65535 versions of its own.
        byte[] content = new byte[1 << 20];
        content.AsSpan().Fill(1);
        content[0] = 0;
        byte[] file = ElfBytes.WithDynamic(
            content, (Strings, At), (StringsSize, 16), (VersionsNeeded, At + 16), (VersionsNeededCount, uint.MaxValue));
        Refused(file, r => r.ReadDynamic(), out long bytesRead);
        Assert.IsLessThan(32L << 20, bytesRead);
    }

    [TestMethod]
    public void Definitions_that_name_themselves_end()
    {
        byte[] content = new byte[64];
        content[16 + 6] = 1;
        content[16 + 12] = 20;
        byte[] file = ElfBytes.WithDynamic(
            content, (Strings, At), (StringsSize, 16), (VersionsDefined, At + 16), (VersionsDefinedCount, uint.MaxValue));
        using var stream = new CountingStream(file);
        Assert.HasCount(1, ElfReader.TryOpen(stream, "a test")!.ReadDynamic()!.VersionsDefined);
    }

    [TestMethod]
    public void More_symbols_than_the_file_has_bytes_are_refused()
    {
        byte[] content = new byte[64];
        content.AsSpan(4, 4).Fill(0xFF);
        byte[] file = ElfBytes.WithDynamic(content, (Strings, At), (StringsSize, 16), (Symbols, At), (Hash, At));
        Assert.Contains("in none of its segments", Refused(file, r => r.ReadDynamicSymbols(), out _).Message);
    }

    [TestMethod]
    public void A_chain_of_symbols_that_does_not_end_is_left()
    {
        // One bucket that names symbol 1, and behind it nothing but even hashes.
        byte[] content = new byte[8 << 20];
        content[0] = 1;
        content[4] = 1;
        content[16] = 1;
        byte[] file = ElfBytes.WithDynamic(content, (Strings, At), (StringsSize, 16), (Symbols, At), (GnuHash, At));
        Refused(file, r => r.ReadDynamicSymbols(), out long bytesRead);
        Assert.IsLessThan(32L << 20, bytesRead);
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public void One_long_name_behind_many_symbols_does_not_fill_the_memory()
    {
        const int count = 100_000;
        byte[] names = new byte[1 << 20];
        names.AsSpan(0, names.Length - 1).Fill((byte)'a');
        byte[] symbols = new byte[24 * count];
        for (int i = 0; i < count; i++)
        {
            symbols[24 * i] = 1;
            symbols[(24 * i) + 4] = 0x10;
        }

        byte[] hash = [0, 0, 0, 0, .. BitConverter.GetBytes(count)];
        byte[] file = ElfBytes.WithDynamic(
            [.. hash, .. names, .. symbols],
            (Strings, At + 8), (StringsSize, names.Length), (Symbols, At + 8 + names.Length), (Hash, At));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than", Refused(file, r => r.ReadDynamicSymbols(), out _).Message);
        Assert.IsLessThan(512L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void A_name_outside_its_table_is_refused()
    {
        byte[] file = ElfBytes.WithDynamic(new byte[16], (Strings, At), (StringsSize, 16), (1, 16));
        Assert.Contains("no name at 16 of a table of 16 bytes", Refused(file, r => r.ReadDynamic(), out _).Message);
    }

    [TestMethod]
    public void A_library_that_is_needed_without_a_table_of_names_is_refused() =>
        Assert.Contains("no string table", Refused(ElfBytes.WithDynamic([], (1, 1)), r => r.ReadDynamic(), out _).Message);

    [TestMethod]
    public void More_segments_to_load_than_a_program_can_have_are_refused() => Assert.Contains(
        "300 segments to load", Refused(ElfBytes.WithSegments(1, 300, []), r => r.ReadFile(), out _).Message);

    private static EdgeException Refused(byte[] file, Action<ElfReader> read, out long bytesRead)
    {
        using var stream = new CountingStream(file);
        ElfReader reader = ElfReader.TryOpen(stream, "a test")!;
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => read(reader));
        Assert.AreEqual(DiagnosticCodes.InvalidElf, e.Code);
        bytesRead = stream.BytesRead;
        return e;
    }
}
