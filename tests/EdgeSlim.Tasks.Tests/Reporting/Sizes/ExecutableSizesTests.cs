using EdgeSlim.Elf;
using EdgeSlim.Reporting.Sizes;
using EdgeSlim.Tests.Bases.Needs;

namespace EdgeSlim.Tests.Reporting.Sizes;

[TestClass]
public sealed class ExecutableSizesTests
{
    private static readonly AssemblyOrigins NoOrigins = new(["Small"], PackageGraph.Empty);

    [TestMethod]
    public void Each_byte_is_counted_once_whatever_overlaps()
    {
        ElfRegion[] regions =
        [
            new(ElfRegion.Header, 0, 64, null),
            new(ElfRegion.SegmentTable, 64, 100, null),
            new(".text", 200, 1_000, 0x1000),
            new(".inside", 300, 50, 0x2000),
            new(".data", 1_100, 400, 0x3000),
            new(".beyond", 1_900, 400, null),
        ];
        LinkedPiece[] pieces =
        [
            new(".text", 0x1000, 100, "/lib/libc.a", "a.o"),
            new(".text", 0x1010, 200, "/lib/libc.a", "b.o"),
            new(".text", 0x1200, 10_000, "/lib/libcrypto.a", "c.o"),
            new(".data", 0x10, 400, "/lib/never.o", null),
        ];
        SizeNode root = Divide(new ExecutableFacts
        {
            Length = 2_000,
            Regions = regions,
            Map = new LinkMap(pieces, new Dictionary<string, long>()),
            Origins = NoOrigins,
        });

        Assert.AreEqual(2_000, root.Bytes);
        Trees.AreExact(root);
        Assert.AreEqual(216, Trees.Find(root, "libc.a").Bytes);
        Assert.AreEqual(1_000 - 512, Trees.Find(root, "libcrypto.a").Bytes);
        Assert.AreEqual(SizeKinds.Padding, Trees.Find(root, "between sections").Kind);
    }

    [TestMethod]
    [DataRow(1_000_000, 500_000, 300_000, 400_000)]
    [DataRow(300_000, 10_000, 0, 100_000)]
    [DataRow(1, 1, 1, 1)]
    [DataRow(0, 0, 0, 12_345)]
    public void What_is_compiled_is_divided_to_the_byte(int code, int tables, int unwind, int rest)
    {
        CompiledCode compiled = CompiledCodeReader.Read(MstatSample.Read(), "a test");
        SizeBranch root = new("Small", SizeKinds.Executable);

        new ManagedSizes(compiled, NoOrigins, root).Add(new Dictionary<string, long>
        {
            ["__managedcode"] = code,
            [".dotnet_eh_table"] = tables,
            [".eh_frame"] = unwind,
            [".rodata"] = rest,
        });

        SizeNode node = root.Build();
        Assert.AreEqual(0L + code + tables + unwind + rest, node.Bytes);
        Trees.AreExact(node);
        if (code > 100_000)
        {
            Assert.AreEqual(SizeKinds.Assembly, Trees.Find(node, "System.Private.CoreLib").Kind);
            Assert.IsGreaterThan(0, Trees.Find(node, "<Main>$").Bytes);
            Assert.AreEqual(SizeKinds.Own, node.Parts.Single(p => p.Name == "Your code").Kind);
        }
    }

    [TestMethod]
    public void The_compilers_account_of_a_real_program_is_read_whole()
    {
        CompiledCode compiled = CompiledCodeReader.Read(MstatSample.Read(), "a test");

        Assert.IsGreaterThan(1_000, compiled.Methods.Count);
        Assert.IsGreaterThan(200_000, compiled.Methods.Sum(m => m.Code));
        Assert.IsTrue(compiled.Methods.All(m => m.Code > 0 && m.Name.Length > 0));
        Assert.IsGreaterThan(300, compiled.Types.Count);
        Assert.IsGreaterThan(0, compiled.Fields.Count);
        Assert.IsGreaterThan(100, compiled.Objects.Count);
        Assert.IsGreaterThan(0L, compiled.Blobs["Metadata"]);
        Assert.IsGreaterThan(0L, compiled.Blobs[BlobNames.Packed]);
        // A dictionary of its types, which is compiled for them; what is its own does not count.
        Assert.IsInRange(1_000L, 10_000L, compiled.Instances["System.Private.Reflection.Execution"]);
    }

    [TestMethod]
    public void Parts_of_a_sum_add_up_to_it()
    {
        Random random = new(1);
        for (int i = 0; i < 200; i++)
        {
            long[] weights = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => (long)random.Next(0, 1_000_000))];
            weights[0]++;
            long total = random.NextInt64(0, 1L << 40);
            long[] parts = Apportionment.Divide(total, weights);
            Assert.AreEqual(total, parts.Sum());
            Assert.IsTrue(parts.All(p => p >= 0));
        }
    }

    private static SizeNode Divide(ExecutableFacts facts)
    {
        SizeBranch root = new("test", SizeKinds.Executable);
        ExecutableSizes.Add(facts, root);
        return root.Build();
    }
}
