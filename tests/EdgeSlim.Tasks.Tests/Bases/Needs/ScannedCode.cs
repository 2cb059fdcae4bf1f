#pragma warning disable CA1304, CA1305, CA1307, CA1309, CA1310, CA1311, CA1850, CA5350, CA5351, CA2101, SYSLIB1054, CA1862
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeSlim.Tests.Bases.Needs;

/// <summary>Code that is never run: <see cref="AssemblyScannerTests"/> looks for it in the assembly of the tests.</summary>
internal static class ScannedCode
{
    public static byte[] Hashes(byte[] data) => SHA256.HashData(data);

    public static bool ComparesSecrets(byte[] a, byte[] b) => CryptographicOperations.FixedTimeEquals(a, b);

    public static TimeZoneInfo FindsTimeZone() => TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static HttpClient MakesClient() => new();

    public static string Normalizes(string text) => text.Normalize();

    public static CultureInfo NamesCulture() => new("de-DE", useUserOverride: false);

    public static CultureInfo NamesTheInvariantCulture() => new("", useUserOverride: false);

    public static CultureInfo NamesTheInvariantCultureByNumber() => new(127);

    public static CultureInfo NamesSomeCulture(string name) => CultureInfo.GetCultureInfo(name);

    public static int ComparesByCulture(string a, string b) => string.Compare(a, b, StringComparison.CurrentCulture);

    public static int ComparesOrdinally(string a, string b) => string.Compare(a, b, StringComparison.Ordinal);

    public static bool BeginsByCulture(string a) => a.StartsWith("xy");

    public static bool BeginsWithCharacter(string a) => a.StartsWith('x');

    public static string UppersByCulture(string a, CultureInfo culture) => a.ToUpper(culture);

    public static string UppersInvariantly(string a) => a.ToUpperInvariant();

    public static Process? StartsShell() => Process.Start("/bin/sh", "-c true");

    public static ProcessStartInfo DescribesShell() => new() { FileName = "bash", ArgumentList = { "-c", "true" } };

    public static Process? StartsProgram(string shell) => Process.Start(shell, "/usr/bin/git");

    public static string Shell() => "/bin/bash";

    [DllImport("scanned_library")]
    public static extern int Import();

    internal sealed class Nested<T>
    {
        public static async Task<string> NormalizesLater(string text)
        {
            await Task.Yield();
            return text.Normalize();
        }
    }
}
