using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class NeedFinderTests
{
    private static readonly MethodName Caller = new("Lib", "Lib.Type", "Method");

    [TestMethod]
    [DataRow("memmove SystemNative_GetPwUidR", "")]
    [DataRow("SystemNative_ForkAndExecProcess", "child-processes!")]
    [DataRow("SystemNative_GetHostEntryForName", "dns!")]
    [DataRow("SystemNative_INotifyInit", "file-watching!")]
    [DataRow("SystemNative_MksTemps", "tmp!")]
    [DataRow("SystemNative_MkdTemp SystemNative_MksTemps", "tmp!")]
    [DataRow("GlobalizationNative_LoadICU", "icu!")]
    [DataRow("CryptoNative_EvpSha256", "crypto?")]
    [DataRow("CryptoNative_SslRead", "tls! ca-certificates?")]
    [DataRow("CryptoNative_SslRead CryptoNative_EvpSha256", "tls! crypto? ca-certificates?")]
    [DataRow("NetSecurityNative_InitSecContext", "")]
    public void Symbols_say_what_the_code_can_reach(string symbols, string expected) =>
        Assert.AreEqual(expected, Found(Compiled(symbols)));

    [TestMethod]
    [DataRow("Interop/Sys::GetUserNameFromPasswd", "user!")]
    [DataRow("System.TimeZoneInfo::FindSystemTimeZoneById", "tzdata!")]
    [DataRow("System.TimeZoneInfo::TryFindSystemTimeZoneById", "tzdata!")]
    [DataRow("System.TimeZoneInfo::GetTimeZoneFromTzData", "tzdata?")]
    [DataRow("System.TimeZoneInfo::GetUtcOffset", "")]
    public void Compiled_methods_say_what_no_symbol_does(string method, string expected) =>
        Assert.AreEqual(expected, Found(Compiled("", method)));

    [TestMethod]
    [DataRow(true, false, "crypto!")]
    [DataRow(false, true, "crypto!")]
    [DataRow(false, false, "crypto?")]
    public void Hash_symbols_are_a_certain_need_where_code_that_is_used_calls_them(bool isOwn, bool isCompiled, string expected)
    {
        Observations seen = Compiled("CryptoNative_EvpSha256") with { Assemblies = [Calling(UseKind.Cryptography, isOwn)] };
        Assert.AreEqual(expected, Found(seen with { Mstat = MstatSample.Of(isCompiled ? [Caller] : [], Caller) }));
    }

    [TestMethod]
    public void Files_that_are_watched_by_polling_on_request_alone_make_hashing_no_certain_need()
    {
        const string Package = "Microsoft.Extensions.FileProviders.Physical";
        MethodName caller = new(Package, $"{Package}.PollingWildCardChangeToken", "CalculateChanges");
        AssemblyUses assembly = Calling(UseKind.Cryptography, isOwn: false) with
        {
            Name = Package,
            Members = [new MemberUse(UseKind.Cryptography, "IncrementalHash.CreateHash", caller)],
        };
        Assert.AreEqual("crypto?", Found(Compiled("CryptoNative_EvpSha256") with { Assemblies = [assembly], Mstat = MstatSample.Of([caller]) }));
    }

    [TestMethod]
    public void Without_symbols_the_call_of_a_trimmed_method_is_no_need() =>
        Assert.AreEqual("", Found(Compiled("memmove") with { Assemblies = [Calling(UseKind.Cryptography, isOwn: true)] }));

    [TestMethod]
    public void Without_AOT_calls_and_properties_are_all_there_is()
    {
        Observations seen = new()
        {
            Assemblies = [Calling(UseKind.Tls, isOwn: true), Calling(UseKind.TimeZone, isOwn: false)],
        };
        Assert.AreEqual("tls! ca-certificates? tzdata? icu!", Found(seen, Settings() with { InvariantGlobalization = false }));
        Assert.AreEqual("tls! ca-certificates? tzdata?", Found(seen));
    }

    [TestMethod]
    public void A_client_of_TLS_needs_certificates_for_certain()
    {
        Observations seen = Compiled("CryptoNative_SslRead") with
        {
            Mstat = MstatSample.Of([new MethodName("System.Net.Security", "System.Net.Security.SslStream", "AuthenticateAsClientAsync")]),
        };
        Assert.AreEqual("tls! ca-certificates!", Found(seen));
    }

    [TestMethod]
    public void An_application_that_knows_no_time_zone_but_UTC_needs_none() =>
        Assert.AreEqual("", Found(Compiled("", "System.TimeZoneInfo::FindSystemTimeZoneById"), Settings() with { InvariantTimezone = true }));

    [TestMethod]
    public void A_shell_is_possible_where_programs_are_started_and_its_path_is_known()
    {
        AssemblyUses assembly = Calling(UseKind.TimeZone, isOwn: true) with { Members = [], Shells = ["/bin/sh"] };
        Assert.AreEqual("child-processes! shell?", Found(Compiled("SystemNative_ForkAndExecProcess") with { Assemblies = [assembly] }));
        Assert.AreEqual("", Found(Compiled("memmove") with { Assemblies = [assembly] }));
    }

    [TestMethod]
    [DataRow(true, "child-processes! shell!")]
    [DataRow(false, "child-processes! shell?")]
    public void A_shell_is_certain_where_the_application_itself_starts_it(bool isOwn, string expected)
    {
        Observations seen = Compiled("SystemNative_ForkAndExecProcess") with { Assemblies = [Calling(UseKind.Shell, isOwn)] };
        Assert.AreEqual(expected, Found(seen with { Mstat = MstatSample.Of([Caller]) }));
        Assert.AreEqual("", Found(Compiled("memmove") with { Assemblies = [Calling(UseKind.Shell, isOwn)] }));
    }

    [TestMethod]
    public void What_is_asked_for_is_added_and_what_is_refused_is_kept_apart()
    {
        NeedSettings settings = Settings() with
        {
            Asked = [new AskedNeed(KnownNeeds.TimeZones, "EdgeNeed"), new AskedNeed(KnownNeeds.Dns, "EdgeNeed")],
            Refused = [KnownNeeds.Tls, KnownNeeds.Shell],
        };
        ApplicationNeeds needs = NeedFinder.Find(Compiled("CryptoNative_SslRead SystemNative_GetHostEntryForName"), settings);

        Assert.AreEqual("tzdata! dns!", Text(needs.Needs));
        Assert.AreEqual("tls!", Text(needs.Refused));
        Assert.AreEqual("asked for by EdgeNeed", needs.Needs[0].Evidence.Single().ToString());
        Assert.HasCount(2, needs.Needs[1].Evidence);
        Assert.DoesNotContain(l => l.PartOf == KnownNeeds.Tls, needs.Libraries);
    }

    [TestMethod]
    public void Certificates_can_be_asked_for_where_TLS_is_refused() => Assert.AreEqual(
        "ca-certificates!",
        Found(
            Compiled("CryptoNative_SslRead"),
            Settings() with { Asked = [new AskedNeed(KnownNeeds.CaCertificates, "EdgeNeed")], Refused = [KnownNeeds.Tls] }));

    [TestMethod]
    [DataRow(true, true, 2)]
    [DataRow(true, false, 0)]
    [DataRow(false, false, 0)]
    public void Uses_of_cultures_are_named_where_nobody_chose_to_have_none(bool isInvariant, bool isDefault, int expected)
    {
        Observations seen = Compiled("memmove") with
        {
            Assemblies =
            [
                Calling(UseKind.CultureSensitive, isOwn: true),
                Calling(UseKind.CultureData, isOwn: true),
                Calling(UseKind.CultureData, isOwn: false),
            ],
        };
        IReadOnlyList<CultureUse> uses = NeedFinder
            .Find(seen, Settings() with { InvariantGlobalization = isInvariant, InvariantByDefault = isDefault }).CultureUses;

        // The call of the package is in a method that is not compiled in.
        Assert.HasCount(expected, uses);
        Assert.AreEqual(expected > 0, uses is [{ Breaks: true }, ..]);
    }

    private static string Found(Observations seen, NeedSettings? settings = null) =>
        Text(NeedFinder.Find(seen, settings ?? Settings()).Needs);

    private static string Text(IReadOnlyList<Need> needs) =>
        string.Join(' ', needs.Select(n => n.Name + (n.Certainty == Certainty.Certain ? "!" : "?")));

    private static NeedSettings Settings() =>
        new() { RuntimeIdentifier = "linux-x64", Executable = "agent", InvariantGlobalization = true };

    private static Observations Compiled(string symbols, params string[] coreMethods) => new()
    {
        UndefinedSymbols = symbols.Split(' ').ToHashSet(),
        Mstat = MstatSample.Of([.. coreMethods.Select(m => new MethodName("System.Private.CoreLib", m.Split("::")[0], m.Split("::")[1]))], Caller),
    };

    private static AssemblyUses Calling(UseKind kind, bool isOwn) => new()
    {
        Name = "Lib",
        IsOwn = isOwn,
        Members = [new MemberUse(kind, "Something", Caller)],
        Imports = [],
        Shells = [],
    };
}
