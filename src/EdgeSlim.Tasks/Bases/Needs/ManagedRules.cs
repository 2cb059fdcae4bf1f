namespace EdgeSlim.Bases.Needs;

/// <summary>What the managed code says, by the compiler's account and by its IL. Pure.</summary>
internal static class ManagedRules
{
    private const string CoreLibrary = "System.Private.CoreLib";
    private const int MaxEvidence = 3;

    private static readonly CompiledRule[] Compiled =
    [
        new(new MethodName(CoreLibrary, "Interop/Sys", "GetUserNameFromPasswd"), KnownNeeds.User, Certainty.Certain),
        new(new MethodName(CoreLibrary, "System.TimeZoneInfo", "FindSystemTimeZoneById"), KnownNeeds.TimeZones, Certainty.Certain),
        new(new MethodName(CoreLibrary, "System.TimeZoneInfo", "TryFindSystemTimeZoneById"), KnownNeeds.TimeZones, Certainty.Certain),

        // The local time zone: UTC in a container, unless somebody sets TZ.
        new(new MethodName(CoreLibrary, "System.TimeZoneInfo", "GetTimeZoneFromTzData"), KnownNeeds.TimeZones, Certainty.Possible),
        new(new MethodName("System.Net.Security", "System.Net.Security.SslStream", "AuthenticateAsClient"), KnownNeeds.CaCertificates, Certainty.Certain),
        new(new MethodName("System.Net.Security", "System.Net.Security.SslStream", "AuthenticateAsClientAsync"), KnownNeeds.CaCertificates, Certainty.Certain),
    ];

    /// <summary>The methods of the framework that show a need where they are compiled.</summary>
    public static IEnumerable<MethodName> CompiledMethods => Compiled.Select(c => c.Method);

    /// <summary>The needs that the managed code shows.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>The needs; one name may come several times.</returns>
    public static IEnumerable<Need> Needs(Observations seen)
    {
        foreach ((MethodName method, string need, Certainty certainty) in Compiled)
        {
            if (seen.Mstat?.Contains(method) == true)
            {
                yield return new Need(need, certainty, [new Evidence(EvidenceSource.Mstat, method.ToString())]);
            }
        }

        foreach ((UseKind kind, string need, bool showsInSymbols) in UsesOfNeeds)
        {
            // With Native AOT the symbols say whether the code is there at all; the IL says only who calls it.
            if (seen.UndefinedSymbols is { } symbols && showsInSymbols && !SymbolRules.Needs(symbols).Any(n => n.Name == need))
            {
                continue;
            }

            foreach (Need found in FromIl(seen, kind, need))
            {
                yield return found;
            }
        }

        // What a package starts in a shell it may do without; what the application itself does it means.
        foreach (Need shell in StartsPrograms(seen) ? FromIl(seen, UseKind.Shell, KnownNeeds.Shell) : [])
        {
            yield return shell;
        }

        foreach (AssemblyUses assembly in seen.Assemblies.Where(a => StartsPrograms(seen) && a.Shells.Count > 0))
        {
            yield return new Need(
                KnownNeeds.Shell,
                Certainty.Possible,
                [new Evidence(EvidenceSource.Assembly, $"{assembly.Name} contains the text \"{assembly.Shells[0]}\"")]);
        }
    }

    /// <summary>Whether a method of an assembly is compiled into the application, as far as one can know.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="assembly">The assembly.</param>
    /// <param name="method">The method.</param>
    /// <returns>True for the application's own code, which is taken as used: the compiler's account omits what it inlined.</returns>
    public static bool? IsUsed(Observations seen, AssemblyUses assembly, MethodName method) =>
        assembly.IsOwn ? true : seen.Mstat?.Contains(method);

    private static readonly (UseKind Kind, string Need, bool ShowsInSymbols)[] UsesOfNeeds =
    [
        (UseKind.Cryptography, KnownNeeds.Crypto, true),
        (UseKind.Tls, KnownNeeds.Tls, true),
        (UseKind.TimeZone, KnownNeeds.TimeZones, false),
    ];

    private static IEnumerable<Need> FromIl(Observations seen, UseKind kind, string need)
    {
        foreach (AssemblyUses assembly in seen.Assemblies)
        {
            foreach (IGrouping<bool, MemberUse> uses in assembly.Members
                .Where(m => m.Kind == kind)
                .GroupBy(m => IsUsed(seen, assembly, m.Caller) == true && !IsOnRequest(m.Caller)))
            {
                Evidence[] evidence = [.. uses
                    .Take(MaxEvidence)
                    .Select(u => new Evidence(EvidenceSource.Assembly, $"{assembly.Name} calls {u.Member} in {u.Caller}"))];
                bool isMeant = kind != UseKind.Shell || assembly.IsOwn;
                yield return new Need(need, uses.Key && isMeant ? Certainty.Certain : Certainty.Possible, evidence);
            }
        }
    }

    // Each host contains it, for configuration files that are watched by polling, where DOTNET_USE_POLLING_FILE_WATCHER says so.
    private static bool IsOnRequest(MethodName caller) =>
        caller is { Assembly: "Microsoft.Extensions.FileProviders.Physical" }
        && caller.Type.EndsWith(".PollingWildCardChangeToken", StringComparison.Ordinal);

    private static bool StartsPrograms(Observations seen) =>
        seen.UndefinedSymbols is null || seen.UndefinedSymbols.Contains("SystemNative_ForkAndExecProcess");

    private sealed record CompiledRule(MethodName Method, string Need, Certainty Certainty);
}
