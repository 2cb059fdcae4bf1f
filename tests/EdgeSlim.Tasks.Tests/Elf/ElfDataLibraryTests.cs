using EdgeSlim.Elf;

namespace EdgeSlim.Tests.Elf;

/// <summary>Libraries of data that no compiler made, loaded by the real dynamic linkers.</summary>
[TestClass]
public sealed class ElfDataLibraryTests
{
    private const string Program =
        """
        #include <stdint.h>
        #include <stdio.h>
        extern const unsigned char edge_data[];
        int main(void) { printf("%s %d", (const char *)edge_data, (int)((uintptr_t)edge_data % 16)); return 0; }
        """;

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("gcc", null)]
    [DataRow("aarch64-linux-gnu-gcc", "qemu-aarch64-static")]
    public async Task A_program_gets_its_data_in_the_place_of_what_it_was_linked_to(string compiler, string? emulator)
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("program.c", Program);
        string file = folder["libdata.so.1"];
        string model = folder.Write("model.c", "const unsigned char edge_data[] = \"not to be seen\";");
        await Programs.RunAsync(compiler, "-shared", "-Wl,-soname,libdata.so.1", "-o", file, model);
        await Programs.RunAsync(compiler, "-fPIE", "-pie", "-o", folder["program"], source, file, $"-Wl,-rpath,{folder.Path}");
        byte[] library = ElfDataLibrary.Write(await File.ReadAllBytesAsync(file), "libdata.so.1", "edge_data", "seen\0"u8);
        await File.WriteAllBytesAsync(file, library);

        using MemoryStream stream = new(library);
        ElfReader reader = ElfReader.TryOpen(stream, "libdata.so.1")!;
        Assert.AreEqual("libdata.so.1", reader.ReadDynamic()!.SoName);
        Assert.AreEqual(new ElfSymbol("edge_data", IsDefined: true, IsWeak: false), reader.ReadDynamicSymbols().Single());

        string[] command = emulator is null
            ? [folder["program"]]
            : [Programs.Find(emulator), "-L", "/usr/aarch64-linux-gnu", folder["program"]];
        Assert.AreEqual("seen 0", await Programs.RunAsync(command[0], command[1..]));
    }

    [TestMethod]
    public void Fields_of_32_bits_are_where_readers_look_for_them()
    {
        byte[] library = ElfDataLibrary.Write([.. ElfBytes.Header32(40), .. new byte[12]], "libdata.so.1", "edge_data", new byte[5]);
        using MemoryStream stream = new(library);
        ElfReader reader = ElfReader.TryOpen(stream, "libdata.so.1")!;
        Assert.AreEqual(ElfMachine.Arm, reader.ReadFile().Machine);
        Assert.AreEqual("libdata.so.1", reader.ReadDynamic()!.SoName);
        Assert.AreEqual(new ElfSymbol("edge_data", IsDefined: true, IsWeak: false), reader.ReadDynamicSymbols().Single());
    }

    [TestMethod]
    public void Another_file_is_no_model() =>
        Assert.ThrowsExactly<InvalidDataException>(() => ElfDataLibrary.Write(new byte[100], "libdata.so.1", "edge_data", [1]));
}
