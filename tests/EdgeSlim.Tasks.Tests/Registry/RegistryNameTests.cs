using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class RegistryNameTests
{
    [TestMethod]
    [DataRow("ghcr.io", "ghcr.io", null)]
    [DataRow("GHCR.io", "ghcr.io", null)]
    [DataRow("localhost:5000", "localhost", 5000)]
    [DataRow("127.0.0.1:5000", "127.0.0.1", 5000)]
    [DataRow("[::1]:5000", "[::1]", 5000)]
    [DataRow("my_registry:80", "my_registry", 80)]
    public void A_host_with_an_optional_port_is_a_registry(string text, string host, int? port)
    {
        var name = RegistryName.Parse(text);
        Assert.AreEqual(host, name.Host);
        Assert.AreEqual(port, name.Port);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("https://ghcr.io")]
    [DataRow("ghcr.io/")]
    [DataRow("ghcr.io/team/app")]
    [DataRow("ghcr.io:")]
    [DataRow("ghcr.io:0")]
    [DataRow("ghcr.io:65536")]
    [DataRow("user@ghcr.io")]
    [DataRow("::1")]
    [DataRow("[::1")]
    [DataRow("[1:2:3]")]
    [DataRow("a..b")]
    [DataRow("ghcr.io\n")]
    [DataRow("my registry")]
    public void What_has_a_scheme_or_a_path_or_a_wrong_port_is_refused(string? text) =>
        Assert.AreEqual(
            DiagnosticCodes.InvalidRegistry, Assert.ThrowsExactly<EdgeException>(() => RegistryName.Parse(text)).Code);

    [TestMethod]
    [DataRow("localhost:5000", "http,https")]
    [DataRow("127.3.2.1", "http,https")]
    [DataRow("[::1]:5000", "http,https")]
    [DataRow("lan.example:5000", "https,http")]
    [DataRow("lan.example", "https")]
    [DataRow("10.0.0.1", "https")]
    [DataRow("localhost.example", "https")]
    public void Plain_http_is_for_this_machine_and_for_what_is_listed_as_insecure(string registry, string schemes)
    {
        var endpoint = new RegistryEndpoint(RegistryName.Parse(registry), ["LAN.example:5000"]);
        Assert.AreEqual(schemes, string.Join(',', endpoint.Schemes));
    }

    [TestMethod]
    public void Docker_hub_is_reached_under_its_real_host_and_keeps_official_images_in_library()
    {
        var hub = RegistryName.Parse("docker.io");
        Assert.AreEqual("https://registry-1.docker.io/v2/", new RegistryEndpoint(hub, []).At("").ToString());
        Assert.AreEqual("library/alpine", hub.ApiRepository("alpine"));
        Assert.AreEqual("team/app", hub.ApiRepository("team/app"));
        Assert.AreEqual("alpine", RegistryName.Parse("ghcr.io").ApiRepository("alpine"));
    }

    [TestMethod]
    [DataRow("ghcr.io", "https://ghcr.io/v2/x", true)]
    [DataRow("ghcr.io", "https://ghcr.io:443/v2/x", true)]
    [DataRow("ghcr.io:443", "https://ghcr.io/v2/x", true)]
    [DataRow("ghcr.io", "http://ghcr.io/v2/x", false)]
    [DataRow("ghcr.io", "https://ghcr.io:444/v2/x", false)]
    [DataRow("ghcr.io", "https://storage.ghcr.io/v2/x", false)]
    [DataRow("localhost:5000", "http://localhost:5000/v2/x", true)]
    [DataRow("localhost:5000", "http://localhost:5001/v2/x", false)]
    [DataRow("[::1]:5000", "http://[::1]:5000/v2/x", true)]
    public void Credentials_are_for_the_very_same_host_and_port(string registry, string uri, bool owns) =>
        Assert.AreEqual(owns, new RegistryEndpoint(RegistryName.Parse(registry), []).Owns(new Uri(uri)));

    [TestMethod]
    [DataRow("https://a.example/v2/x", "/v2/y?s=a%2Fb", "https://a.example/v2/y?s=a%2Fb")]
    [DataRow("https://a.example/v2/x/", "y", "https://a.example/v2/x/y")]
    [DataRow("https://a.example/v2/x", "https://b.example/y", "https://b.example/y")]
    [DataRow("https://a.example/v2/x", "//b.example/y", "https://b.example/y")]
    [DataRow("https://a.example/v2/x", "http://a.example/v2/y", "https://a.example/v2/y")]
    [DataRow("https://a.example:8443/v2/x", "http://a.example/v2/y", "https://a.example:8443/v2/y")]
    [DataRow("https://a.example/v2/x", "http://b.example/y", null)]
    [DataRow("http://127.0.0.1:5000/v2/x", "http://127.0.0.1:5000/v2/y", "http://127.0.0.1:5000/v2/y")]
    [DataRow("https://a.example/v2/x", "file:///etc/passwd", null)]
    [DataRow("https://a.example/v2/x", null, null)]
    public void A_location_is_followed_unless_it_leads_from_https_to_http(string request, string? location, string? target) =>
        Assert.AreEqual(target, RegistryEndpoint.Follow(new Uri(request), location)?.AbsoluteUri);

    [TestMethod]
    public void Insecure_registries_come_from_the_build_and_from_the_environment()
    {
        IReadOnlyList<string> insecure = InsecureRegistries.Read(
            "a:1; b", name => name == "DOTNET_CONTAINER_INSECURE_REGISTRIES" ? "B,c" : null);
        Assert.AreEqual("a:1 b c", string.Join(' ', insecure));
    }
}
