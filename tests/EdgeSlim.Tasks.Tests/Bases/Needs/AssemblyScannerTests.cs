using EdgeSlim.Bases.Needs;
using EdgeSlim.Tests.Modes;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class AssemblyScannerTests
{
    private const string Type = "EdgeSlim.Tests.Bases.Needs.ScannedCode";

    private static readonly AssemblyUses Uses = AssemblyScanner.TryScan(typeof(ScannedCode).Assembly.Location, isOwn: true)!;

    [TestMethod]
    [DataRow(nameof(ScannedCode.Hashes), "Cryptography SHA256.HashData")]
    [DataRow(nameof(ScannedCode.ComparesSecrets), "")]
    [DataRow(nameof(ScannedCode.FindsTimeZone), "TimeZone TimeZoneInfo.FindSystemTimeZoneById")]
    [DataRow(nameof(ScannedCode.MakesClient), "Tls new HttpClient")]
    [DataRow(nameof(ScannedCode.Normalizes), "CultureData String.Normalize")]
    [DataRow(nameof(ScannedCode.NamesCulture), "CultureData new CultureInfo(\"de-DE\")")]
    [DataRow(nameof(ScannedCode.NamesTheInvariantCulture), "")]
    [DataRow(nameof(ScannedCode.NamesTheInvariantCultureByNumber), "")]
    [DataRow(nameof(ScannedCode.NamesSomeCulture), "CultureData CultureInfo.GetCultureInfo()")]
    [DataRow(nameof(ScannedCode.ComparesByCulture), "CultureSensitive String.Compare with a culture")]
    [DataRow(nameof(ScannedCode.ComparesOrdinally), "")]
    [DataRow(nameof(ScannedCode.BeginsByCulture), "CultureSensitive String.StartsWith")]
    [DataRow(nameof(ScannedCode.BeginsWithCharacter), "")]
    [DataRow(nameof(ScannedCode.UppersByCulture), "CultureSensitive String.ToUpper")]
    [DataRow(nameof(ScannedCode.UppersInvariantly), "")]
    [DataRow(nameof(ScannedCode.StartsShell), "Shell Process.Start and names /bin/sh")]
    [DataRow(nameof(ScannedCode.DescribesShell), "Shell ProcessStartInfo.set_FileName and names bash")]
    [DataRow(nameof(ScannedCode.StartsProgram), "")]
    public void A_call_is_found_with_what_it_is_about(string method, string expected) => Assert.AreEqual(
        expected,
        string.Join(", ", Uses.Members.Where(m => m.Caller.Type == Type && m.Caller.Method == method).Select(m => $"{m.Kind} {m.Member}")));

    [TestMethod]
    public void A_call_in_a_nested_generic_type_is_found_under_the_name_of_its_state_machine()
    {
        MethodName caller = Uses.Members.Single(m => m.Caller.Type.StartsWith(Type + "/Nested`1/<", StringComparison.Ordinal)).Caller;

        Assert.AreEqual("MoveNext", caller.Method);
        Assert.AreEqual("EdgeSlim.Tasks.Tests", caller.Assembly);
    }

    [TestMethod]
    public void A_native_library_is_found_by_the_method_that_stands_for_its_function() => Assert.Contains(
        new NativeImport("scanned_library", new MethodName("EdgeSlim.Tasks.Tests", Type, nameof(ScannedCode.Import))), Uses.Imports);

    [TestMethod]
    public void The_path_of_a_shell_is_found() => Assert.Contains("/bin/bash", Uses.Shells);

    [TestMethod]
    public void What_is_no_assembly_is_passed_over()
    {
        Assert.IsNull(AssemblyScanner.TryScan([], isOwn: true));
        Assert.IsNull(AssemblyScanner.TryScan("MZ and no more"u8.ToArray(), isOwn: true));
    }

    // The framework calls cryptography for them, and the code of the application does not.
    [TestMethod]
    [DataRow("builder.Services.AddControllersWithViews();", "MvcServiceCollectionExtensions.AddControllersWithViews")]
    [DataRow("builder.Services.AddRazorPages();", "MvcServiceCollectionExtensions.AddRazorPages")]
    [DataRow("builder.Services.AddAntiforgery();", "AntiforgeryServiceCollectionExtensions.AddAntiforgery")]
    [DataRow("builder.Services.AddSession();", "SessionServiceCollectionExtensions.AddSession")]
    [DataRow("builder.Services.AddAuthentication();", "AuthenticationServiceCollectionExtensions.AddAuthentication")]
    [DataRow("builder.Services.AddSignalR();", "SignalRDependencyInjectionExtensions.AddSignalR")]
    [DataRow("builder.Services.AddControllers();", null)]
    [DataRow("builder.Services.AddResponseCaching();", null)]
    public void Services_that_protect_data_need_cryptography(string statement, string? member)
    {
        using TemporaryFolder folder = new();
        string assembly = ModeSample.Compile(folder, $"var builder = WebApplication.CreateBuilder(args); {statement}");

        MemberUse[] uses = [.. AssemblyScanner.TryScan(assembly, isOwn: true)!.Members.Where(m => m.Kind == UseKind.Cryptography)];

        Assert.AreEqual(member, uses.SingleOrDefault()?.Member);
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public void Whatever_is_done_to_an_assembly_the_outcome_is_a_result_or_nothing()
    {
        byte[] sound = File.ReadAllBytes(typeof(ScannedCode).Assembly.Location);
        int first = Environment.TickCount;
        int passedOver = 0;
        for (int i = 0; i < 150; i++)
        {
            Random random = new(unchecked(first + i));
            byte[] file = [.. sound];
            for (int damage = random.Next(1, 2_000); damage > 0; damage--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            try
            {
                passedOver += AssemblyScanner.TryScan(file, isOwn: true) is null ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {first + i}: {e}");
            }
        }

        Assert.IsGreaterThan(5, passedOver);
    }
}
