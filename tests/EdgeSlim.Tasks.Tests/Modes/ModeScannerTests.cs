using EdgeSlim.Modes;

namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class ModeScannerTests
{
    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllers();
        var app = builder.Build();
        app.MapGet("/a", () => new List<string>());
        var type = Type.GetType(args[0])!;
        foreach (var property in type.GetProperties())
        {
            try { Console.WriteLine(property.Name switch { "a" => 1, "b" => 2, "c" => 3, _ => await Task.FromResult(4) }); }
            catch (InvalidOperationException e) when (e.Message.Length > 2) { }
            finally { Console.WriteLine(); }
        }
        """;

    [TestMethod]
    [DataRow("WebApplication.CreateBuilder(args);", true, 1)]
    [DataRow("\n\n_ = WebApplication.CreateBuilder(args);", true, 3)]
    [DataRow("WebApplication.CreateSlimBuilder(args);", false, null)]
    public void The_full_builder_is_found_with_its_place(string statement, bool isFull, int? line)
    {
        ModeEvidence evidence = ModeSample.Scan(statement);
        Assert.AreEqual(isFull, evidence.UsesFullBuilder);
        Assert.AreEqual(line, evidence.FullBuilderLine);
        Assert.AreEqual(isFull ? "/app/Program.cs" : null, evidence.FullBuilderFile);
    }

    [TestMethod]
    public void Without_what_it_refers_to_an_assembly_says_nothing()
    {
        using TemporaryFolder folder = new();
        ModeEvidence evidence = ModeScanner.Scan([ModeSample.Compile(folder, Program)], [], new HashSet<string>(), CancellationToken.None);
        Assert.AreEqual("", evidence.Shown());
    }

    [TestMethod]
    public void What_cannot_be_read_is_passed_over()
    {
        using TemporaryFolder folder = new();
        string text = folder.Write("Text.dll", "no assembly");
        string program = ModeSample.Compile(folder, Program);

        Assert.AreEqual("", ModeSample.Scan([]).Shown());
        Assert.AreEqual("", ModeSample.Scan([text, folder["missing.dll"]]).Shown());
        Assert.AreNotEqual("", ModeSample.Scan([program, text]).Shown());
        Assert.AreEqual(
            "", ModeScanner.Scan([program], [folder.Write("Microsoft.AspNetCore.dll", "no assembly")], new HashSet<string>(), CancellationToken.None).Shown());
    }

    [TestMethod]
    public void The_evidence_is_the_same_each_time()
    {
        using TemporaryFolder folder = new();
        string program = ModeSample.Compile(folder, Program);
        CollectionAssert.AreEqual(ModeSample.Scan([program]).Findings.ToArray(), ModeSample.Scan([program]).Findings.ToArray());
    }

    [TestMethod]
    public void A_scan_can_be_ended()
    {
        using TemporaryFolder folder = new();
        string program = ModeSample.Compile(folder, Program);
        Assert.ThrowsExactly<OperationCanceledException>(
            () => ModeScanner.Scan([program], [], new HashSet<string>(), new CancellationToken(canceled: true)));
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public void Whatever_is_done_to_an_assembly_the_outcome_is_evidence()
    {
        using TemporaryFolder folder = new();
        byte[] sound = File.ReadAllBytes(ModeSample.Compile(folder, Program));
        int first = Environment.TickCount;
        for (int i = 0; i < 150; i++)
        {
            Random random = new(unchecked(first + i));
            byte[] file = [.. sound];
            for (int damage = random.Next(1, 60); damage > 0; damage--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(folder["Damaged.dll"], file);
            try
            {
                ModeSample.Scan([folder["Damaged.dll"]]);
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {first + i}: {e}");
            }
        }
    }
}
