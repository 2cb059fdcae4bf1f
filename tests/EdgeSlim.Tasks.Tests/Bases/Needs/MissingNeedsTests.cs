using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class MissingNeedsTests
{
    [TestMethod]
    [DataRow("tls", true)]
    [DataRow("crypto", true)]
    [DataRow("icu", true)]
    [DataRow("ca-certificates", false)]
    [DataRow("tzdata", false)]
    [DataRow("shell", true)]
    public void What_scratch_does_not_have_is_missing(string need, bool isFatal)
    {
        MissingNeed missing = MissingNeeds.Find(Needing(need), BaseOffer.Scratch, None()).Single();
        Assert.AreEqual(need, missing.Need.Name);
        Assert.AreEqual(isFatal, missing.IsFatal);
    }

    [TestMethod]
    [DataRow("user")]
    [DataRow("tmp")]
    [DataRow("file-watching")]
    [DataRow("child-processes")]
    [DataRow("dns")]
    public void What_scratch_has_is_not_missing(string need) =>
        Assert.IsEmpty(MissingNeeds.Find(Needing(need), BaseOffer.Scratch, None()));

    [TestMethod]
    public void A_possible_need_is_not_missing() =>
        Assert.IsEmpty(MissingNeeds.Find(
            Needing("crypto") with { Needs = [new Need("crypto", Certainty.Possible, [])] }, BaseOffer.Scratch, None()));

    [TestMethod]
    public void What_is_linked_in_is_not_missing() =>
        Assert.IsEmpty(MissingNeeds.Find(Needing("tls") with { BuiltIn = ["tls"] }, BaseOffer.Scratch, None()));

    [TestMethod]
    public void What_the_payload_brings_is_not_missing() =>
        Assert.IsEmpty(MissingNeeds.Find(Needing("tzdata"), BaseOffer.Scratch, new HashSet<string> { "tzdata" }));

    [TestMethod]
    public void Of_a_base_that_is_not_known_nothing_is_missing() =>
        Assert.IsEmpty(MissingNeeds.Find(Needing("tls"), BaseOffer.Unknown("debian:12"), None()));

    [TestMethod]
    [DataRow("/etc/ssl/certs/ca-certificates.crt", "", true, "ca-certificates")]
    [DataRow("/usr/lib/ssl/cert.pem", "", true, "ca-certificates")]
    [DataRow("/usr/lib/ssl/certs/one.pem", "", true, "ca-certificates")]
    [DataRow("/etc/ssl/cert.pem", "", true, "")]
    [DataRow("etc/ssl/certs/relative.crt", "", true, "")]
    [DataRow("/usr/share/zoneinfo/Europe/Paris", "", true, "tzdata")]
    [DataRow("/bin/sh", "", true, "shell")]
    [DataRow("/bin/shred", "", true, "")]
    [DataRow("agent", "SSL_CERT_FILE", true, "ca-certificates")]
    [DataRow("agent", "SSL_CERT_DIR", true, "ca-certificates")]
    [DataRow("agent", "TZDIR", true, "tzdata")]
    [DataRow("libssl.so.3", "", true, "")]
    [DataRow("libssl.so.3", "", false, "crypto tls")]
    [DataRow("/usr/lib/libicuuc.so.72", "", false, "icu")]
    public void Files_and_variables_give_needs(string path, string variable, bool isStatic, string expected) => Assert.AreEqual(
        expected, string.Join(' ', PayloadOffer.Of([path], [variable], isStatic).Order(StringComparer.Ordinal)));

    [TestMethod]
    public void A_static_executable_opens_no_library()
    {
        ApplicationNeeds needs = Needing("tls") with
        {
            Libraries =
            [
                new LibraryNeed("e_sqlite3", LibraryLoading.Opened, Certainty.Certain, null, []),
                new LibraryNeed("kernel32", LibraryLoading.Opened, Certainty.Possible, null, []),
                new LibraryNeed("libssl.so", LibraryLoading.Opened, Certainty.Certain, "tls", []),
                new LibraryNeed("libm.so.6", LibraryLoading.Linked, Certainty.Certain, null, []),
            ],
        };
        Assert.AreEqual("e_sqlite3", MissingNeeds.UnreachableLibraries(needs).Single().Name);
        Assert.IsEmpty(MissingNeeds.UnreachableLibraries(needs with { CLibrary = new CLibraryNeed("glibc", false, null, []) }));
        Assert.IsEmpty(MissingNeeds.UnreachableLibraries(needs with { CLibrary = null }));
    }

    [TestMethod]
    public void Each_missing_need_is_said_with_its_evidence_and_what_to_do()
    {
        var sink = new RecordingSink();
        new NeedReporter(sink).Report(
            Needing("tls", "crypto", "tzdata", "user") with
            {
                CultureUses =
                [
                    .. Enumerable.Range(1, 5).Select(i => new CultureUse("String.Normalize", "Lib", $"Type.Method{i}", Breaks: true)),
                    new CultureUse("String.Compare", "Lib", "Type.Sort", Breaks: false),
                ],
            },
            BaseOffer.Scratch,
            None(),
            None());

        Assert.AreEqual("EDGE2021 EDGE2021 EDGE2022 EDGE2024 EDGE2025", string.Join(' ', sink.Codes));
        Diagnostic tls = sink.Diagnostics.First(d => d.Code == DiagnosticCodes.NeedMissing);
        Assert.AreEqual(DiagnosticSeverity.Error, tls.Severity);
        Assert.Contains("the native code refers to evidence of tls", tls.Text);
        Assert.Contains("<EdgeNeed Remove=\"tls\" />", tls.Text);
        Diagnostic cultures = sink.Diagnostics.First(d => d.Code == DiagnosticCodes.CultureDataUsed);
        Assert.Contains("String.Normalize in Type.Method1 (Lib), String.Normalize in Type.Method2 (Lib), String.Normalize in Type.Method3 (Lib) and 2 more", cultures.Text);
        Assert.AreEqual(DiagnosticSeverity.Information, sink.Diagnostics.First(d => d.Code == DiagnosticCodes.CultureSensitiveUsed).Severity);
    }

    [TestMethod]
    [DataRow("e_sqlite3", DiagnosticSeverity.Error)]
    [DataRow("other", DiagnosticSeverity.Warning)]
    public void A_library_that_the_publish_brings_is_meant_to_be_opened(string brought, DiagnosticSeverity expected)
    {
        var sink = new RecordingSink();
        new NeedReporter(sink).Report(
            Needing() with { Libraries = [new LibraryNeed("libe_sqlite3.so", LibraryLoading.Opened, Certainty.Certain, null, [])] },
            BaseOffer.Scratch,
            None(),
            new HashSet<string> { brought });

        Assert.AreEqual(DiagnosticCodes.LibraryUnreachable, sink.Diagnostics.Single().Code);
        Assert.AreEqual(expected, sink.Diagnostics.Single().Severity);
    }

    private static HashSet<string> None() => [];

    private static ApplicationNeeds Needing(params string[] names) => new()
    {
        CLibrary = new CLibraryNeed("glibc", IsStatic: true, null, []),
        Needs = [.. names.Select(n => new Need(n, Certainty.Certain, [new Evidence(EvidenceSource.NativeObject, "evidence of " + n)]))],
        Libraries = [],
        BuiltIn = [],
        Refused = [],
        CultureUses = [],
    };
}
