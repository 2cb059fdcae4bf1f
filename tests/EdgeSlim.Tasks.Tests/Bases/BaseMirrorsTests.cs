using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class BaseMirrorsTests
{
    private const string Rules =
        "mcr.microsoft.com=registry.local:5000/mcr; mcr.microsoft.com/dotnet/runtime-deps=other.local/deps\n docker.io=registry.local:5000/hub/";

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", "registry.local:5000/mcr/dotnet/aspnet:10.0")]
    [DataRow("mcr.microsoft.com/dotnet/runtime-deps:10.0", "other.local/deps:10.0")]
    [DataRow("mcr.microsoft.com/dotnet/runtime-deps-more:10.0", "registry.local:5000/mcr/dotnet/runtime-deps-more:10.0")]
    [DataRow("debian:trixie-slim", "registry.local:5000/hub/library/debian:trixie-slim")]
    [DataRow("bitnami/redis", "registry.local:5000/hub/bitnami/redis:latest")]
    [DataRow("gcr.io/distroless/cc-debian13:nonroot", "gcr.io/distroless/cc-debian13:nonroot")]
    public void The_longest_entry_that_fits_says_where_an_image_comes_from(string reference, string place) =>
        Assert.AreEqual(place, BaseMirrors.Parse(Rules).Redirect(ImageReference.Parse(reference)).ToString());

    [TestMethod]
    [DataRow("", "docker.io=a.local;mcr.microsoft.com=b.local;docker.io/library=c.local:5000/hub", "debian:12",
        "a.local/library/debian:12 c.local:5000/hub/debian:12 docker.io/library/debian:12")]
    [DataRow("docker.io=a.local", "docker.io=b.local;a.local=c.local", "debian:12", "c.local/library/debian:12 a.local/library/debian:12")]
    [DataRow("", "docker.io=a.local", "gcr.io/x/y:1", "gcr.io/x/y:1")]
    public void Mirrors_are_asked_in_their_order_and_the_place_itself_last(string instead, string before, string reference, string places) =>
        Assert.AreEqual(places, string.Join(' ', BaseMirrors.Parse(instead, before).Places(ImageReference.Parse(reference))));

    [TestMethod]
    public void A_digest_stays_the_same()
    {
        string digest = "sha256:" + new string('a', 64);

        Assert.AreEqual(
            $"registry.local:5000/hub/library/debian@{digest}",
            BaseMirrors.Parse(Rules).Redirect(ImageReference.Parse($"debian:12@{digest}")).ToString());
    }

    [TestMethod]
    [DataRow("mcr.microsoft.com")]
    [DataRow("=registry.local")]
    [DataRow("mcr.microsoft.com=")]
    [DataRow("a=b=c")]
    [DataRow("mcr.microsoft.com=no-registry/mcr")]
    [DataRow("mcr.microsoft.com=https://registry.local/mcr")]
    [DataRow("mcr.microsoft.com=registry.local/MCR!")]
    public void What_is_no_mirror_is_refused(string text)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => BaseMirrors.Parse(text));

        Assert.AreEqual(DiagnosticCodes.InvalidPropertyValue, e.Code);
        Assert.Contains("EdgeBaseMirror", e.Message);
    }

    [TestMethod]
    [DataRow("debian", "docker.io/library/debian:latest")]
    [DataRow("bitnami/redis:7", "docker.io/bitnami/redis:7")]
    [DataRow("localhost/app", "localhost/app:latest")]
    public void A_reference_is_written_in_one_way(string text, string full) =>
        Assert.AreEqual(full, ImageReference.Parse(text).ToString());
}
