using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Icu;

/// <summary>Which items of ICU's data an application needs. Pure.</summary>
public sealed class IcuSelection
{
    private const string Index = "res_index.res";

    // .NET calls ICU for cultures, calendars, collation, casing, normalisation, IDN and names of time zones. It never asks
    // for character sets, measures, transliteration, the names of characters, look-alikes or stringprep, and breaks text
    // into characters only, for which no dictionary is looked into.
    private static readonly string[] UnusedFolders = ["translit/", "unit/"];
    private static readonly string[] UnusedSuffixes = [".cnv", ".cfu", ".spp", ".dict", "unames.icu"];

    // What .NET's EnglishName is made of, whatever the cultures.
    private static readonly string[] AlwaysThere = ["en", "en_001", "en_US", "en_US_POSIX"];

    // Locales whose data lie with those of another language.
    private static readonly Dictionary<string, string> BaseLanguages = new()
    {
        ["ars"] = "ar",
        ["hi"] = "en",
        ["in"] = "id",
        ["iw"] = "he",
        ["mo"] = "ro",
        ["nb"] = "no",
        ["nn"] = "no",
        ["no"] = "nn",
        ["sh"] = "sr",
        ["tl"] = "fil",
        ["yue"] = "zh",
        ["zh"] = "yue",
    };

    private readonly HashSet<string> _locales;
    private readonly HashSet<string>? _languages;

    private IcuSelection(HashSet<string> locales, HashSet<string>? languages)
    {
        _locales = locales;
        _languages = languages;
    }

    /// <summary>Selects what an application needs.</summary>
    /// <param name="package">All of ICU's data.</param>
    /// <param name="cultures">The cultures, as .NET names them; none for all.</param>
    /// <returns>The package without the rest.</returns>
    /// <exception cref="EdgeException">ICU has no such culture (EDGE1020).</exception>
    /// <exception cref="InvalidDataException">The package is of an unknown form.</exception>
    public static IcuDataPackage Select(IcuDataPackage package, IReadOnlyList<string> cultures)
    {
        IcuItem index = package.Items.FirstOrDefault(i => i.Name == Index)
            ?? throw new InvalidDataException("it has no list of locales");
        HashSet<string> locales = new(new IcuLocaleIndex(index.Content).Locales(), StringComparer.OrdinalIgnoreCase);
        if (cultures.FirstOrDefault(c => !locales.Contains(LocaleOf(c))) is string unknown)
        {
            throw new EdgeException(DiagnosticCodes.UnknownCulture, unknown, Near(unknown, locales));
        }

        IcuSelection selection = new(locales, cultures.Count == 0 ? null : Languages(cultures));
        return package.With([.. package.Items.Where(i => selection.Keeps(i.Name)).Select(selection.Shorten)]);
    }

    private bool Keeps(string name)
    {
        if (UnusedFolders.Any(f => name.StartsWith(f, StringComparison.Ordinal))
            || UnusedSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal)))
        {
            return false;
        }

        // What is not known as a locale, such as the root, is for all of them.
        string locale = Path.GetFileNameWithoutExtension(name);
        return !name.EndsWith(".res", StringComparison.Ordinal) || !IsLocale(locale) || KeepsLocale(locale);
    }

    // Some old names, such as es__TRADITIONAL, are in no list.
    private bool IsLocale(string name) =>
        _locales.Contains(name) || (name.Contains('_', StringComparison.Ordinal) && _locales.Contains(Language(name)));

    private bool KeepsLocale(string locale) =>
        _languages is null || AlwaysThere.Contains(locale) || _languages.Contains(Language(locale));

    // The items must be what the index promises: .NET lists the cultures by it.
    private IcuItem Shorten(IcuItem item) => _languages is not null && Path.GetFileName(item.Name) == Index
        ? item with { Content = new IcuLocaleIndex(item.Content).Keep(KeepsLocale) }
        : item;

    // A culture comes with its whole language: its regions are small, and what one of them lacks lies with another.
    private static HashSet<string> Languages(IReadOnlyList<string> cultures)
    {
        HashSet<string> languages = [];
        foreach (string culture in cultures)
        {
            string? language = Language(LocaleOf(culture)).ToLowerInvariant();
            while (language is not null && languages.Add(language))
            {
                language = BaseLanguages.GetValueOrDefault(language);
            }
        }

        return languages;
    }

    private static string LocaleOf(string culture) => culture.Replace('-', '_');

    private static string Language(string locale) => locale.Split('_')[0];

    private static string Near(string culture, HashSet<string> locales)
    {
        string[] near =
        [
            .. locales
                .Where(l => Language(l).Equals(Language(LocaleOf(culture)), StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(l => l.Replace('_', '-'))
                .Take(10),
        ];
        return near.Length == 0 ? "none of that language" : string.Join(", ", near);
    }
}
