namespace EdgeSlim.Bases.Needs;

/// <summary>What the symbols say that the native object leaves to the .NET runtime's native libraries. Pure.</summary>
internal static class SymbolRules
{
    private const string TlsPrefix = "CryptoNative_Ssl";
    private const string CryptoPrefix = "CryptoNative_";
    private const string IcuPrefix = "GlobalizationNative_";

    private static readonly (string Symbol, string Need)[] Exact =
    [
        ("SystemNative_ForkAndExecProcess", KnownNeeds.ChildProcesses),
        ("SystemNative_GetHostEntryForName", KnownNeeds.Dns),
        ("SystemNative_INotifyInit", KnownNeeds.FileWatching),
        ("SystemNative_MkdTemp", KnownNeeds.TemporaryFolder),
        ("SystemNative_MksTemps", KnownNeeds.TemporaryFolder),
    ];

    /// <summary>The needs that the symbols show.</summary>
    /// <param name="symbols">The undefined symbols.</param>
    /// <returns>The needs; one name may come several times.</returns>
    public static IEnumerable<Need> Needs(IReadOnlySet<string> symbols)
    {
        foreach ((string symbol, string need) in Exact)
        {
            if (symbols.Contains(symbol))
            {
                yield return new Need(need, Certainty.Certain, [Of(symbol)]);
            }
        }

        if (Summary(symbols, s => s.StartsWith(TlsPrefix, StringComparison.Ordinal)) is Evidence tls)
        {
            yield return new Need(KnownNeeds.Tls, Certainty.Certain, [tls]);
        }

        // Worker services and web APIs have some of these and get along without OpenSSL: only who calls them tells.
        if (Summary(symbols, IsCrypto) is Evidence crypto)
        {
            yield return new Need(KnownNeeds.Crypto, Certainty.Possible, [crypto]);
        }

        if (Summary(symbols, s => s.StartsWith(IcuPrefix, StringComparison.Ordinal)) is Evidence icu)
        {
            yield return new Need(KnownNeeds.Icu, Certainty.Certain, [icu]);
        }
    }

    /// <summary>The evidence of the symbols with a prefix: one of them, and how many more there are.</summary>
    /// <param name="symbols">The undefined symbols.</param>
    /// <param name="matches">Which of them.</param>
    /// <returns>The evidence; null where there is none.</returns>
    public static Evidence? Summary(IReadOnlySet<string> symbols, Func<string, bool> matches)
    {
        string[] found = [.. symbols.Where(matches).Order(StringComparer.Ordinal)];
        return found switch
        {
            [] => null,
            [string only] => Of(only),
            _ => Of($"{found[0]} and {found.Length - 1} more"),
        };
    }

    private static Evidence Of(string symbol) => new(EvidenceSource.NativeObject, symbol);

    private static bool IsCrypto(string symbol) =>
        symbol.StartsWith(CryptoPrefix, StringComparison.Ordinal) && !symbol.StartsWith(TlsPrefix, StringComparison.Ordinal);
}
