using EdgeSlim.Bases.Icu;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Bases.Icu;

/// <summary>The data of this machine's ICU, held against what ICU's own tools say of them.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class IcuDataTests
{
    private static readonly Lazy<IcuDataPackage> All = new(Read);

    /// <summary>ICU's tool follows what the items refer to: aliases, parents, pools of keys.</summary>
    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public async Task What_is_left_lacks_nothing_but_dictionaries()
    {
        string[] cultures = Campaign.IsWhole
            ? [.. All.Value.Items.Select(i => i.Name).Where(n => n.Length is 6 or 7 && n.EndsWith(".res", StringComparison.Ordinal)).Select(n => n[..^4])]
            : ["de-CH", "zh-TW", "yue", "ja", "th", "es-MX", "nb", "sh", "hi", "in", "ars"];
        foreach (string culture in cultures.Where(c => c is not "root" and not "pool"))
        {
            using var folder = new TemporaryFolder();
            IcuDataPackage some = IcuSelection.Select(All.Value, [culture]);
            string file = folder[some.Prefix + ".dat"];
            await File.WriteAllBytesAsync(file, some.ToBytes());
            ProcessResult listed = await ExternalProcess.RunAsync(
                new ProcessRequest(Programs.Find("icupkg"), ["-l", file]), CancellationToken.None);

            Assert.AreSequenceEqual(some.Items.Select(i => i.Name), Lines(listed.Output));
            Assert.IsEmpty(Lines(listed.Error).Where(l => !l.EndsWith(".dict", StringComparison.Ordinal)), culture + listed.Error);
        }
    }

    [TestMethod]
    public async Task All_that_is_kept_is_what_ICUs_own_tool_finds_in_the_archive()
    {
        using var folder = new TemporaryFolder();
        string file = folder[All.Value.Prefix + ".dat"];
        await File.WriteAllBytesAsync(file, All.Value.ToBytes());

        Assert.AreSequenceEqual(All.Value.Items.Select(i => i.Name), Lines(await Programs.RunAsync("icupkg", "-l", file)));
    }

    [TestMethod]
    public async Task The_index_lists_what_is_left()
    {
        using var folder = new TemporaryFolder();
        IcuDataPackage some = IcuSelection.Select(All.Value, ["de-CH"]);
        foreach (IcuItem index in some.Items.Where(i => i.Name.EndsWith("res_index.res", StringComparison.Ordinal)))
        {
            string part = index.Name[..^"res_index.res".Length];
            folder.Write(part + "res_index.res", "");
            await File.WriteAllBytesAsync(folder[index.Name], index.Content.ToArray());
            string text = await Programs.RunAsync("derb", "-c", "-s", folder[part], "-i", folder[part], "res_index");
            Assert.AreSequenceEqual(
                new IcuLocaleIndex(All.Value.Items.Single(i => i.Name == index.Name).Content).Locales()
                    .Where(l => l.Split('_')[0] == "de" || l is "en" or "en_001" or "en_US" or "en_US_POSIX"),
                new IcuLocaleIndex(index.Content).Locales());
            foreach (string locale in new IcuLocaleIndex(index.Content).Locales())
            {
                Assert.Contains($" {locale} {{", text);
            }
        }
    }

    [TestMethod]
    public void What_NET_never_asks_for_is_left_out_whatever_the_cultures()
    {
        string[] all = Names([]);
        Assert.IsEmpty(all.Where(n =>
            n.EndsWith(".cnv", StringComparison.Ordinal) || n.EndsWith(".dict", StringComparison.Ordinal) || n.StartsWith("unit/", StringComparison.Ordinal)));
        Assert.Contains("coll/ucadata.icu", all);
        Assert.Contains("brkitr/char.brk", all);
        Assert.Contains("rbnf/root.res", all);
        Assert.Contains("ja.res", all);
    }

    [TestMethod]
    [DataRow("de-CH", "de.res de_AT.res root.res en.res supplementalData.res", "fr.res en_GB.res")]
    [DataRow("nb-NO", "nb.res no.res", "sv.res")]
    [DataRow("zh-TW", "zh_TW.res zh_Hant_TW.res zh_Hant.res", "ja.res")]
    [DataRow("hi", "hi.res hi_Latn.res en_IN.res", "bn.res")]
    [DataRow("EN-gb", "en_GB.res en_001.res", "de.res")]
    public void A_culture_comes_with_its_language_and_what_that_stands_on(string culture, string there, string notThere)
    {
        string[] names = Names([culture]);
        Assert.IsEmpty(there.Split(' ').Except(names));
        Assert.IsEmpty(notThere.Split(' ').Intersect(names));
    }

    [TestMethod]
    [DataRow("de-XX", "de-AT, de-BE, de-CH")]
    [DataRow("klingon", "none of that language")]
    [DataRow("root", "none of that language")]
    [DataRow("../de", "none of that language")]
    public void A_culture_that_is_not_there_is_refused(string culture, string near)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => IcuSelection.Select(All.Value, ["de", culture]));
        Assert.AreEqual(DiagnosticCodes.UnknownCulture, e.Code);
        Assert.Contains(near, e.Message);
    }

    [TestMethod]
    public void The_same_cultures_give_the_same_bytes_in_any_order()
    {
        byte[] one = IcuSelection.Select(All.Value, ["de", "ja"]).ToBytes();
        Assert.AreSequenceEqual(one, IcuSelection.Select(All.Value, ["ja", "de", "de-CH"]).ToBytes());
    }

    [TestMethod]
    public void The_symbol_is_the_one_that_ICUs_code_refers_to() =>
        Assert.AreEqual(All.Value.Prefix[..^1] + "_dat", All.Value.Symbol);

    [TestMethod]
    public void Damaged_data_end_in_an_error()
    {
        byte[] sound = IcuSelection.Select(All.Value, ["en"]).With([.. IcuSelection.Select(All.Value, ["en"]).Items.Where(i => i.Content.Length < 400 || i.Name == "res_index.res")]).ToBytes();
        Random random = new(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. sound[..(i % 3 == 0 ? random.Next(sound.Length) : sound.Length)]];
            for (int changes = 0; changes < i % 5 && damaged.Length > 0; changes++)
            {
                damaged[random.Next(Math.Min(damaged.Length, 4000))] = (byte)random.Next(256);
            }

            Survives(() => IcuSelection.Select(IcuDataPackage.Parse(damaged), ["en"]).ToBytes());
        }

        byte[] index = All.Value.Items.Single(i => i.Name == "res_index.res").Content.ToArray();
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. index[..(i % 3 == 0 ? random.Next(index.Length) : index.Length)]];
            for (int changes = 0; changes < 1 + (i % 5) && damaged.Length > 0; changes++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Survives(() => new IcuLocaleIndex(damaged).Keep(l => l.Length == 2));
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("!<arch>\n")]
    [DataRow("!<arch>\nicudt72l_dat.o/ 0           0     0     644     9999999   `\n")]
    [DataRow("!<arch>\nicudt72l_dat.o/ 0           0     0     644     -5        `\n")]
    [DataRow("!<arch>\nnotes/          0           0     0     644     4         `\nCmnD")]
    public void A_library_without_data_is_said_to_have_none(string archive) =>
        Assert.ThrowsExactly<InvalidDataException>(() => IcuArchive.Read(System.Text.Encoding.ASCII.GetBytes(archive), "libicudata.a"));

    private static void Survives(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is InvalidDataException or EdgeException)
        {
        }
    }

    private static string[] Names(string[] cultures) => [.. IcuSelection.Select(All.Value, cultures).Items.Select(i => i.Name)];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IcuDataPackage Read()
    {
        Programs.Find("icupkg");
        Programs.Find("gcc");
        string archive = new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? "")
            .FindLibrary("gcc", CompilationTarget.ThisMachine, "libicudata.a")!;
        return IcuArchive.Read(File.ReadAllBytes(archive), archive);
    }
}
