using System.Runtime.InteropServices;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Tests.Elf;

[TestClass]
public sealed class ElfReaderTests
{
    private const string BuildId = "-Wl,--build-id=0xcafe0123456789";

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("-pie -fPIE", true, true, true)]
    [DataRow("-no-pie", true, true, true)]
    [DataRow("-static -no-pie", true, false, true)]
    [DataRow("-static-pie -fPIE", true, false, true)]
    [DataRow("-static-pie -fPIE -s", true, false, false)]
    [DataRow("-shared -fPIC", false, false, true)]
    [DataRow("-shared -fPIC -s", false, false, false)]
    [DataRow("-shared -fPIC -g", false, false, true)]
    public async Task What_a_linker_makes_is_recognised(
        string arguments, bool isExecutable, bool hasInterpreter, bool hasStrippableSymbols)
    {
        using var folder = new TemporaryFolder();
        string file = await Programs.CompileAsync(folder, "made", [.. arguments.Split(' '), BuildId]);
        ElfFile elf = ElfReader.TryRead(file)!;
        Assert.AreEqual(isExecutable, elf.IsExecutable);
        Assert.AreEqual(hasInterpreter, elf.Interpreter?.StartsWith("/lib", StringComparison.Ordinal) ?? false);
        Assert.AreEqual(hasStrippableSymbols, elf.HasStrippableSymbols);
        Assert.AreEqual("cafe0123456789", elf.BuildId);
        Assert.AreEqual(RuntimeInformation.OSArchitecture.ToString(), elf.Machine.ToString());
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("-pie -fPIE")]
    [DataRow("-static -no-pie")]
    public async Task A_file_without_a_build_id_has_none(string arguments)
    {
        using var folder = new TemporaryFolder();
        string file = await Programs.CompileAsync(folder, "made", [.. arguments.Split(' '), "-Wl,--build-id=none"]);
        Assert.IsNull(ElfReader.TryRead(file)!.BuildId);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Clang_and_lld_are_read_as_well()
    {
        Programs.Find("ld.lld");
        using var folder = new TemporaryFolder();
        string source = folder.Write("a.c", "int main(void) { return 0; }");
        await Programs.RunAsync("clang", "-static-pie", "-fPIE", "-fuse-ld=lld", "-Wl,--build-id=sha1", "-o", folder["a"], source);
        ElfFile elf = ElfReader.TryRead(folder["a"])!;
        Assert.IsTrue(elf.IsExecutable);
        Assert.IsNull(elf.Interpreter);
        Assert.AreEqual(40, elf.BuildId!.Length);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task An_object_file_cannot_be_started()
    {
        using var folder = new TemporaryFolder();
        ElfFile elf = ElfReader.TryRead(await Programs.CompileAsync(folder, "made.o", "-c"))!;
        Assert.IsFalse(elf.IsExecutable);
        Assert.IsNull(elf.BuildId);
    }

    [TestMethod]
    public void A_program_of_this_machine_is_dynamic_and_stripped()
    {
        if (!File.Exists("/bin/ls"))
        {
            Assert.Inconclusive("There is no /bin/ls.");
        }

        ElfFile elf = ElfReader.TryRead("/bin/ls")!;
        Assert.IsTrue(elf.IsExecutable);
        Assert.StartsWith("/lib", elf.Interpreter!);
        Assert.IsFalse(elf.HasStrippableSymbols);
    }

    [TestMethod]
    [DataRow(40, ElfMachine.Arm)]
    [DataRow(62, ElfMachine.X64)]
    [DataRow(183, ElfMachine.Arm64)]
    [DataRow(243, ElfMachine.Other)]
    public void A_32_bit_header_is_read(int machine, ElfMachine expected)
    {
        ElfFile elf = Read(ElfBytes.Header32((ushort)machine))!;
        Assert.AreEqual(expected, elf.Machine);
        Assert.IsTrue(elf.IsExecutable);
        Assert.IsNull(elf.Interpreter);
        Assert.IsFalse(elf.HasStrippableSymbols);
    }

    [TestMethod]
    public void A_32_bit_interpreter_is_read()
    {
        byte[] file = ElfBytes.WithInterpreter32("/lib/ld-linux-armhf.so.3");
        Assert.AreEqual("/lib/ld-linux-armhf.so.3", Read(file)!.Interpreter);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("\u007fEL")]
    [DataRow("\u007fELf and then some more text")]
    [DataRow("#!/bin/sh\nexit 0\n")]
    public void What_does_not_begin_with_the_magic_number_is_no_ELF_file(string content) =>
        Assert.IsNull(Read(System.Text.Encoding.ASCII.GetBytes(content)));

    [TestMethod]
    [DataRow(4, "16 bytes at offset 0 were expected in a file of 4 bytes")]
    [DataRow(63, "64 bytes at offset 0 were expected in a file of 63 bytes")]
    public void A_file_that_is_cut_off_is_named_with_what_was_seen(int length, string seen)
    {
        EdgeException e = Fails(ElfBytes.Header64()[..length]);
        Assert.Contains("'a test'", e.Message);
        Assert.Contains(seen, e.Message);
    }

    [TestMethod]
    public void A_class_that_does_not_exist_is_refused()
    {
        byte[] file = ElfBytes.Header64();
        file[4] = 7;
        Assert.Contains("its class is 7", Fails(file).Message);
    }

    [TestMethod]
    public void A_big_endian_file_is_refused()
    {
        byte[] file = ElfBytes.Header64();
        file[5] = 2;
        Assert.Contains("not little-endian", Fails(file).Message);
    }

    [TestMethod]
    public void A_note_that_reaches_beyond_its_segment_is_refused()
    {
        byte[] file = ElfBytes.WithSegments(ElfBytes.NoteSegment, 1, [4, 0, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, (byte)'G', (byte)'N', (byte)'U', 0]);
        Assert.Contains("beyond its segment", Fails(file).Message);
    }

    [TestMethod]
    public void A_build_id_is_found_behind_other_notes()
    {
        byte[] notes =
        [
            4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, (byte)'G', (byte)'N', (byte)'U', 0, 9, 0, 0, 0,
            4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, (byte)'X', (byte)'Y', (byte)'Z', 0, 9, 0, 0, 0,
            4, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, (byte)'G', (byte)'N', (byte)'U', 0, 0xAB, 0xCD, 0, 0,
        ];
        Assert.AreEqual("abcd", Read(ElfBytes.WithSegments(ElfBytes.NoteSegment, 1, notes))!.BuildId);
    }

    [TestMethod]
    public void A_file_that_names_one_large_block_many_times_is_not_read_for_ever()
    {
        using var stream = new CountingStream(ElfBytes.WithSegments(ElfBytes.NoteSegment, 65_535, new byte[4 << 20]));
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => ElfReader.TryRead(stream, "a test"));
        Assert.AreEqual(DiagnosticCodes.InvalidElf, e.Code);
        Assert.IsLessThan(64L << 20, stream.BytesRead);
    }

    private static ElfFile? Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return ElfReader.TryRead(stream, "a test");
    }

    private static EdgeException Fails(byte[] file)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Read(file));
        Assert.AreEqual(DiagnosticCodes.InvalidElf, e.Code);
        return e;
    }
}
