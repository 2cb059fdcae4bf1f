using System.Text;
using EdgeSlim.Elf;
using EdgeSlim.Reporting.Sizes;
using EdgeSlim.Tests.Reporting.Sizes;

namespace EdgeSlim.Tests.Elf;

[TestClass]
public sealed class LinkMapTests
{
    private const string Code = """
        #include <stdio.h>
        int table[1000] = { 1 };
        static int nothing[5000];
        int main(int count, char **words) { nothing[count] = table[count]; return printf("%d %s", nothing[1], words[0]); }
        """;

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow("lld", "-static-pie")]
    [DataRow("lld", "-static")]
    [DataRow("lld", "")]
    [DataRow("bfd", "-static")]
    [DataRow("bfd", "")]
    public void What_real_linkers_say_covers_the_file_to_the_byte(string linker, string linkage)
    {
        Command.Require("clang", "clang");
        using TemporaryFolder folder = new();
        folder.Write("a folder (1)/main.c", Code);
        string[] arguments = ["-O1", "-fPIE", "-g", "-fuse-ld=" + linker, "-Wl,-Map=link.map", "-o", "program", "a folder (1)/main.o"];
        Command.Run(folder.Path, "clang", "-c", "-O1", "-fPIE", "-g", "-o", "a folder (1)/main.o", "a folder (1)/main.c").Succeeds();
        Command.Run(folder.Path, "clang", linkage.Length == 0 ? arguments : [linkage, .. arguments]).Succeeds();
        Command.Run(folder.Path, "objcopy", "--strip-all", "program", "stripped").Succeeds();
        using FileStream map = File.OpenRead(Path.Combine(folder.Path, "link.map"));
        using FileStream program = File.OpenRead(Path.Combine(folder.Path, "stripped"));

        SizeBranch root = new("program", SizeKinds.Executable);
        LinkMap read = LinkMapReader.TryRead(map)!;
        ExecutableSizes.Add(
            new ExecutableFacts
            {
                Length = program.Length,
                Regions = ElfReader.TryOpen(program, "program")!.ReadRegions(),
                Map = read,
                Origins = new AssemblyOrigins([], PackageGraph.Empty),
            },
            root);

        SizeNode node = root.Build();
        Assert.AreEqual(program.Length, node.Bytes);
        Trees.AreExact(node);
        Assert.IsGreaterThan(4_000, Trees.Find(node, "main.o").Bytes);
        Assert.IsLessThan(6_000, Trees.Find(node, "main.o").Bytes);
        Assert.IsGreaterThan(4_000, read.Sections[".data"]);
        if (linkage.Length > 0)
        {
            Assert.IsGreaterThan(program.Length / 2, Trees.Find(node, "libc.a").Bytes);
            Assert.IsGreaterThan(100, Trees.Find(node, "vfprintf-internal.o").Bytes);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no map\nat all\n")]
    [DataRow("VMA in another form\n1 2 3")]
    public void A_form_that_is_not_known_is_refused(string text) =>
        Assert.IsNull(LinkMapReader.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public void Whatever_stands_in_a_map_it_is_read_to_its_end()
    {
        string sound = """
                         VMA              LMA     Size Align Out     In      Symbol
                         100              100       20     4 .text
                         100              100       20     4         /a (b)/lib.a(x.o):(.text.f)
                         100              100        0     1                 f
            """;
        Random random = new(3);
        for (int i = 0; i < 2_000; i++)
        {
            StringBuilder text = new(sound);
            for (int j = 0; j < 8; j++)
            {
                text[random.Next(70, text.Length)] = (char)random.Next(32, 300);
            }

            _ = LinkMapReader.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
            _ = LinkMapReader.TryRead(new MemoryStream(Encoding.UTF8.GetBytes("Linker script and memory map\n" + text)));
        }

        LinkMap map = LinkMapReader.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(sound)))!;
        Assert.AreEqual(new LinkedPiece(".text", 0x100, 0x20, "/a (b)/lib.a", "x.o"), map.Inputs.Single());
    }
}
