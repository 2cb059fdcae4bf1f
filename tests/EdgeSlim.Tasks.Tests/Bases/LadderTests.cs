using EdgeSlim.Bases;
using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Diagnostics;
using EdgeSlim.Tests.Bases.Catalogue;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class LadderTests
{
    private static readonly Slice Empty = new()
    {
        Source = "this machine",
        Files = [],
        Packages = [],
        Gives = [],
        Missing = [],
        Absent = [],
        HasCode = false,
    };

    private static readonly NamedRung[] Next = [new("next", 6_000_000, [], null)];

    [TestMethod]
    [DataRow("", "chiseled taken, distroless notTried, debian-slim notTried, ubuntu notTried, alpine rejected")]
    [DataRow("tzdata", "distroless taken, chiseled notTried, ubuntu notTried, debian-slim rejected, alpine rejected")]
    [DataRow("shell", "debian-slim taken, ubuntu notTried, chiseled rejected, distroless rejected, alpine rejected")]
    [DataRow("shell tls", "ubuntu taken, chiseled rejected, distroless rejected, debian-slim rejected, alpine rejected")]
    public void Where_nothing_can_be_sliced_the_smallest_image_that_gives_what_is_needed_is_taken(string needs, string expected)
    {
        BaseQuery query = CatalogueSamples.Query(BaseUse.Aot, certain: needs.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        BaseChoice choice = Climb(new LadderRequest
        {
            IsStatic = false,
            DynamicReason = "it is",
            Named = NamedRungs.Of(CatalogueSamples.Shipped, query, "chiseled"),
        });

        Assert.AreEqual("scratch rejected, sliced unavailable, " + expected, Show(choice));
        Assert.AreEqual(expected.Split(' ')[0], choice.Name);
    }

    [TestMethod]
    public void An_application_without_its_runtime_goes_on_an_image_that_has_it()
    {
        BaseChoice choice = Climb(new LadderRequest
        {
            IsStatic = false,
            HasRuntime = false,
            DynamicReason = "it has none",
            Named = NamedRungs.Of(CatalogueSamples.Shipped, CatalogueSamples.Query(BaseUse.AspNet), "chiseled"),
        });

        Assert.AreEqual(
            "scratch rejected, sliced rejected, chiseled taken, ubuntu notTried, alpine rejected, debian-slim rejected, distroless rejected", Show(choice));
    }

    [TestMethod]
    public void Where_no_image_gives_all_the_one_that_lacks_the_least_is_taken_and_says_so()
    {
        NamedRung[] named = [new("one", 9_000_000, ["shell"], null), new("two", null, ["shell", "tls"], null)];
        BaseChoice choice = Climb(new LadderRequest { IsStatic = false, DynamicReason = "it is", Named = named });
        Assert.AreEqual("one", choice.Name);
        Assert.Contains("lacks the least: shell", choice.Reason);
    }

    [TestMethod]
    public void A_static_executable_that_needs_nothing_goes_on_scratch()
    {
        BaseChoice choice = Climb(new LadderRequest { IsStatic = true, Slice = Empty, Named = Next });

        Assert.AreEqual("scratch", choice.Name);
        Assert.AreEqual("the executable is static and needs no file of a base image", choice.Reason);
        Assert.AreEqual("scratch taken, sliced notTried, next notTried", Show(choice));
    }

    [TestMethod]
    public void What_is_linked_in_is_said_and_is_still_scratch()
    {
        BaseChoice choice = Climb(new LadderRequest { IsStatic = true, LinkedIn = ["OpenSSL"], Slice = Empty, Named = Next });

        Assert.AreEqual("scratch", choice.Name);
        Assert.AreEqual("scratch with OpenSSL linked in taken, sliced notTried, next notTried", Show(choice));
    }

    [TestMethod]
    public void A_static_executable_that_needs_a_program_goes_on_a_slice()
    {
        BaseChoice choice = Climb(new LadderRequest
        {
            IsStatic = true,
            Slice = Empty with { HasCode = true, Gives = ["shell"] },
            Named = Next,
        });

        Assert.AreEqual("scratch rejected, sliced taken, next notTried", Show(choice));
        Assert.AreEqual("it needs shell; what it needs is taken from this machine", choice.Reason);
    }

    [TestMethod]
    public void A_dynamic_executable_goes_on_a_slice_and_it_is_said_what_would_save_bytes()
    {
        BaseChoice choice = Climb(new LadderRequest
        {
            IsStatic = false,
            DynamicReason = "it opens OpenSSL",
            Unlinked = "OpenSSL",
            Slice = Empty with { HasCode = true },
            Named = Next,
        });

        Assert.AreEqual("scratch rejected, scratch with OpenSSL linked in unavailable, sliced taken, next notTried", Show(choice));
        Assert.Contains("save about 1.3 MB", choice.Rungs[1].Reason);
        Assert.IsNotNull(choice.Slice);
    }

    [TestMethod]
    public void Where_a_slice_would_not_be_whole_the_next_image_is_taken()
    {
        Slice slice = Empty with { HasCode = true, Missing = ["libssl.so.3 (tls)"] };
        BaseChoice choice = Climb(new LadderRequest { IsStatic = false, DynamicReason = "it is", Slice = slice, Named = Next });

        Assert.AreEqual("scratch rejected, sliced unavailable, next taken", Show(choice));
        Assert.AreEqual(("next", "the smallest image that gives what is needed, about 6 MB compressed"), (choice.Name, choice.Reason));
        Assert.IsNull(choice.Slice);

        RecordingSink sink = new();
        Assert.IsFalse(new BaseReporter(sink).Report(choice, isAsked: false));
        Assert.Contains(d => d.Code == DiagnosticCodes.NotSliceable && d.Text.Contains("libssl.so.3 (tls)", StringComparison.Ordinal), sink.Diagnostics);
    }

    [TestMethod]
    public void A_library_that_is_opened_makes_the_executable_dynamic_where_it_can_be_found()
    {
        ApplicationNeeds needs = Needs() with
        {
            Libraries = [new LibraryNeed("e_sqlite3", LibraryLoading.Opened, Certainty.Certain, null, [new Evidence(EvidenceSource.Assembly, "it calls it")])],
        };

        Assert.IsTrue(Linkage.Choose(needs, _ => false).IsStatic);
        LinkageChoice choice = Linkage.Choose(needs, name => name == "e_sqlite3");
        Assert.AreEqual("it opens the library 'e_sqlite3' at run time (it calls it)", choice.Reason);
        Assert.IsNull(choice.Unlinked);
    }

    [TestMethod]
    [DataRow(KnownNeeds.Tls, "OpenSSL")]
    [DataRow(KnownNeeds.Crypto, "OpenSSL")]
    [DataRow(KnownNeeds.Icu, "ICU")]
    public void A_library_that_is_not_linked_in_makes_it_dynamic_where_it_is_certainly_needed(string need, string library)
    {
        Evidence[] seen = [new Evidence(EvidenceSource.NativeObject, "x")];
        ApplicationNeeds needs = Needs() with { Needs = [new Need(need, Certainty.Certain, seen)] };

        Assert.AreEqual(library, Linkage.Choose(needs, _ => true).Unlinked);
        Assert.IsTrue(Linkage.Choose(needs with { BuiltIn = [need] }, _ => true).IsStatic);
        Assert.IsTrue(Linkage.Choose(Needs() with { Needs = [new Need(need, Certainty.Possible, seen)] }, _ => true).IsStatic);
    }

    [TestMethod]
    public void The_licence_of_a_static_glibc_is_said_until_it_is_taken_note_of()
    {
        ApplicationNeeds needs = Needs() with { CLibrary = new CLibraryNeed("glibc", IsStatic: true, null, []) };

        Assert.AreEqual(1, Said(needs));
        Assert.AreEqual(0, Said(needs, DiagnosticCodes.StaticGlibc));
        Assert.AreEqual(0, Said(needs with { CLibrary = new CLibraryNeed("glibc", IsStatic: false, "2.34", []) }));
        Assert.AreEqual(0, Said(needs with { CLibrary = new CLibraryNeed("musl", IsStatic: true, null, []) }));

        static int Said(ApplicationNeeds needs, params string[] acknowledged)
        {
            RecordingSink sink = new();
            new BaseReporter(sink).ReportLicences(needs, acknowledged);
            return sink.Diagnostics.Count(d => d.Code == DiagnosticCodes.StaticGlibc);
        }
    }

    [TestMethod]
    public void Where_nothing_is_compiled_what_is_possible_is_wished_for_as_well()
    {
        Evidence[] seen = [new Evidence(EvidenceSource.Assembly, "x")];
        ApplicationNeeds needs = Needs() with { Needs = [new Need(KnownNeeds.Crypto, Certainty.Possible, seen)] };

        Assert.IsEmpty(SliceWishes.Of(needs, new HashSet<string>(), isCompiled: true, isStatic: false));
        SliceWish wish = SliceWishes.Of(needs, new HashSet<string>(), isCompiled: false, isStatic: false).Single();
        Assert.AreEqual("libssl.so.3", wish.Name);
        Assert.IsFalse(wish.IsRequired);
        Assert.IsEmpty(SliceWishes.Of(needs, new HashSet<string> { KnownNeeds.Crypto }, isCompiled: false, isStatic: false));
    }

    private static BaseChoice Climb(LadderRequest request) => BaseChoice.Of(Ladder.Climb(request), request.Slice);

    private static string Show(BaseChoice choice) => string.Join(", ", choice.Rungs.Select(
        r => $"{r.Name} {System.Text.Json.JsonSerializer.Serialize(r.Verdict).Trim('"')}"));

    private static ApplicationNeeds Needs() =>
        new() { Needs = [], Libraries = [], BuiltIn = [], Refused = [], CultureUses = [] };
}
