using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Bases.Catalogue;

[TestClass]
public sealed class BaseChooserTests
{
    private const string Microsoft = "mcr.microsoft.com/dotnet/";

    [TestMethod]
    [DataRow("chiseled", BaseUse.Aot, Microsoft + "runtime-deps:10.0-noble-chiseled")]
    [DataRow("Chiseled", BaseUse.SelfContained, Microsoft + "runtime-deps:10.0-noble-chiseled")]
    [DataRow("chiseled", BaseUse.Runtime, Microsoft + "runtime:10.0-noble-chiseled")]
    [DataRow("chiseled", BaseUse.AspNet, Microsoft + "aspnet:10.0-noble-chiseled")]
    [DataRow("distroless", BaseUse.Static, "gcr.io/distroless/static-debian13:nonroot")]
    [DataRow("distroless", BaseUse.Aot, "gcr.io/distroless/base-nossl-debian13:nonroot")]
    [DataRow("debian-slim", BaseUse.SelfContained, "docker.io/library/debian:trixie-slim")]
    [DataRow("ubuntu", BaseUse.AspNet, Microsoft + "aspnet:10.0-noble")]
    public void A_short_name_stands_for_the_smallest_image_for_the_application(string name, BaseUse use, string reference) =>
        Assert.AreEqual(reference, BaseChooser.Choose(CatalogueSamples.Shipped, name, CatalogueSamples.Query(use)).Reference);

    [TestMethod]
    [DataRow("chiseled", KnownNeeds.Icu, Microsoft + "runtime-deps:10.0-noble-chiseled-extra")]
    [DataRow("distroless", KnownNeeds.Tls, "gcr.io/distroless/base-debian13:nonroot")]
    [DataRow("ubuntu", KnownNeeds.CaCertificates, Microsoft + "runtime-deps:10.0-noble")]
    public void A_need_makes_it_the_image_that_meets_it(string name, string need, string reference) => Assert.AreEqual(
        reference,
        BaseChooser.Choose(CatalogueSamples.Shipped, name, CatalogueSamples.Query(BaseUse.Aot, certain: need)).Reference);

    [TestMethod]
    public void Where_no_image_meets_all_it_is_the_one_that_lacks_the_least() => Assert.AreEqual(
        Microsoft + "runtime-deps:10.0-noble-chiseled-extra",
        BaseChooser.Choose(
            CatalogueSamples.Shipped, "chiseled", CatalogueSamples.Query(BaseUse.Aot, certain: [KnownNeeds.Shell, KnownNeeds.Icu])).Reference);

    [TestMethod]
    [DataRow("alpine", "linux-x64", null, "musl", "glibc (linux-x64)")]
    [DataRow("ubuntu", "linux-musl-arm64", null, "glibc", "musl (linux-musl-arm64)")]
    [DataRow("ubuntu", "linux-x64", "2.40", "glibc 2.39", "glibc 2.40 or later")]
    public void Another_C_library_is_refused_before_anything_is_pulled(
        string name, string runtimeIdentifier, string? glibc, string has, string wanted)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => BaseChooser.Choose(CatalogueSamples.Shipped, name, CatalogueSamples.Query(BaseUse.Aot, runtimeIdentifier, glibc)));

        Assert.AreEqual(DiagnosticCodes.BaseWrongCLibrary, e.Code);
        Assert.Contains($"The base '{name}' has {has}, but the application is made for {wanted}.", e.Message);
    }

    [TestMethod]
    public void The_message_names_only_bases_that_are_new_enough()
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => BaseChooser.Choose(CatalogueSamples.Shipped, "ubuntu", CatalogueSamples.Query(BaseUse.Aot, glibc: "2.41")));

        Assert.Contains("(debian-slim, distroless)", e.Message);
    }

    [TestMethod]
    public void A_static_executable_needs_no_C_library() => Assert.AreEqual(
        Microsoft + "runtime-deps:10.0-alpine",
        BaseChooser.Choose(CatalogueSamples.Shipped, "alpine", CatalogueSamples.Query(BaseUse.Static)).Reference);

    [TestMethod]
    public void A_base_without_the_runtime_is_refused_with_those_that_have_it()
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => BaseChooser.Choose(CatalogueSamples.Shipped, "distroless", CatalogueSamples.Query(BaseUse.Runtime)));

        Assert.AreEqual(DiagnosticCodes.BaseHasNoImage, e.Code);
        Assert.Contains("alpine, chiseled, ubuntu", e.Message);
    }

    [TestMethod]
    public void A_misspelt_name_is_no_image_of_Docker_Hub()
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => BaseChooser.Choose(CatalogueSamples.Shipped, "debain-slim", CatalogueSamples.Query(BaseUse.Aot)));

        Assert.AreEqual(DiagnosticCodes.UnknownBase, e.Code);
        Assert.Contains("EdgeBase=docker.io/library/debain-slim", e.Message);
    }

    [TestMethod]
    [DataRow("oci:folder")]
    [DataRow("base.tar")]
    [DataRow("../images/base.tar.gz")]
    [DataRow("registry.example/team/base:1")]
    [DataRow("debian:12")]
    public void Another_name_stands_for_itself(string name) =>
        Assert.AreEqual(name, BaseChooser.Choose(CatalogueSamples.Shipped, name, CatalogueSamples.Query(BaseUse.Aot)).Reference);

    [TestMethod]
    public void What_the_catalogue_says_of_an_image_holds_for_its_reference_too()
    {
        Assert.AreEqual(
            CatalogueSamples.Shipped.Find("debian-slim"),
            BaseChooser.Describe(CatalogueSamples.Shipped, "debian:trixie-slim", CatalogueSamples.Query(BaseUse.Aot)).Base);
        Assert.IsNull(BaseChooser.Describe(CatalogueSamples.Shipped, "debian:12", CatalogueSamples.Query(BaseUse.Aot)).Base);
    }

    [TestMethod]
    [DataRow("2026-06-30", "gets no more updates after 2026-06-30")]
    [DataRow("2026-03-31", "has had no more updates since 2026-03-31")]
    [DataRow("2026-07-01", null)]
    [DataRow(null, null)]
    public void A_base_near_its_end_is_warned_of(string? end, string? text)
    {
        RecordingSink sink = new();

        EndOfLife.Check(
            "debian:12",
            DateOnly.TryParse(end, System.Globalization.CultureInfo.InvariantCulture, out DateOnly date) ? date : null,
            new DateOnly(2026, 4, 1),
            sink);

        Assert.AreEqual(text is null ? "" : DiagnosticCodes.BaseEndOfLife, string.Concat(sink.Codes));
        Assert.IsTrue(text is null || sink.Diagnostics[0].Text.Contains(text, StringComparison.Ordinal));
    }
}
