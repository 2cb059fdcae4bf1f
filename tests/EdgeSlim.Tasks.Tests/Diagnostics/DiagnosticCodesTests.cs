using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Diagnostics;

[TestClass]
public sealed partial class DiagnosticCodesTests
{
    private static readonly Dictionary<string, string> Codes = typeof(DiagnosticCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!);

    private static readonly Dictionary<string, string> Texts = ReadTexts();

    [TestMethod]
    public void Every_code_has_a_text_and_every_text_a_code() =>
        CollectionAssert.AreEquivalent(Codes.Values, Texts.Keys);

    [TestMethod]
    public void Every_code_is_four_digits_of_a_known_band_and_stands_once()
    {
        CollectionAssert.AllItemsAreUnique(Codes.Values);
        foreach (string code in Codes.Values)
        {
            Assert.MatchesRegex(CodeFormat(), code);
        }
    }

    [TestMethod]
    public void The_placeholders_of_every_text_are_counted_from_zero_without_a_gap()
    {
        foreach ((string code, string text) in Texts)
        {
            int[] numbers = [.. Placeholders(text)];
            CollectionAssert.AreEqual(Enumerable.Range(0, numbers.Length).ToArray(), numbers, code);
            // Braces that are not doubled would throw here.
            Assert.IsNotNull(Messages.Format(code, [.. numbers.Cast<object?>()]));
        }
    }

    [TestMethod]
    public void Every_text_is_one_line_without_space_around_it()
    {
        foreach ((string code, string text) in Texts)
        {
            Assert.DoesNotContain("\n", text, code);
            Assert.AreEqual(text.Trim(), text, code);
        }
    }

    [TestMethod]
    public void Every_code_is_used_in_the_sources()
    {
        string sources = Sources.All(".cs", ".targets");
        foreach ((string name, string code) in Codes)
        {
            Assert.IsTrue(
                sources.Contains($"DiagnosticCodes.{name}", StringComparison.Ordinal)
                    || sources.Contains($"Code=\"{code}\"", StringComparison.Ordinal),
                $"{code} ({name}) is never shown.");
        }
    }

    [TestMethod]
    public void The_targets_show_no_code_that_is_not_there_and_give_each_what_its_text_needs()
    {
        MatchCollection reports = ReportedCode().Matches(Sources.All(".targets"));
        Assert.IsNotEmpty(reports);
        foreach (Match report in reports)
        {
            string code = report.Groups["code"].Value;
            Assert.Contains(code, Texts.Keys);
            int given = report.Groups["arguments"] is { Success: true } list ? SplitOutsideCalls(list.Value) : 0;
            Assert.AreEqual(Placeholders(Texts[code]).Count(), given, report.Value);
        }
    }

    [TestMethod]
    public void A_code_without_a_text_is_a_mistake_of_the_program() =>
        Assert.ThrowsExactly<ArgumentException>(() => new EdgeException("EDGE0000"));

    [TestMethod]
    public void Numbers_in_messages_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Contains("1.5", new EdgeException(DiagnosticCodes.LoadFailed, 1.5, "x").Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Dictionary<string, string> ReadTexts()
    {
        using ResourceSet set = new ResourceManager("EdgeSlim.Resources.Strings", typeof(DiagnosticCodes).Assembly)
            .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!;
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    private static IEnumerable<int> Placeholders(string text) => Placeholder()
        .Matches(text.Replace("{{", "", StringComparison.Ordinal))
        .Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))
        .Distinct()
        .Order();

    // Semicolons within $(X.Replace(';', ...)) do not separate.
    private static int SplitOutsideCalls(string list)
    {
        int depth = 0;
        return 1 + list.Count(c =>
        {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            return c == ';' && depth == 0;
        });
    }

    [GeneratedRegex("^EDGE[1-79][0-9]{3}$")]
    private static partial Regex CodeFormat();

    [GeneratedRegex(@"\{([0-9]+)")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""<ReportDiagnostic\s+Code="(?<code>[^"]*)"(\s+Arguments="(?<arguments>[^"]*)")?""")]
    private static partial Regex ReportedCode();
}
