using System.Text.Json;
using EdgeSlim.Delivery.Signing;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Delivery.Signing;

/// <summary>
/// The tools by their documented command lines (cosign 2, notation 1), with stand-ins that take these and no others.
/// </summary>
[TestClass]
public sealed class ImageSignerTests : IDisposable
{
    private const string Reference = "registry.example/acme/agent@sha256:0123";

    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly TemporaryFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Cosign_signs_with_a_key_and_its_public_half_is_held_against_it()
    {
        string key = _folder.Write("cosign.key", "private");
        string pub = _folder.Write("cosign.pub", "public");
        string program = StandIn("cosign", $"sign --yes --key {key} {Reference}", $"verify --output json --key {pub} {Reference}");
        ImageSigner signer = Find(program, new SigningSettings { Key = key });
        Assert.AreEqual("cosign", signer.Name);
        Assert.IsTrue(await SignAsync(signer));
        Assert.AreEqual("sign verify", Asked());
    }

    [TestMethod]
    public async Task Cosign_signs_without_a_key_and_the_signature_has_to_be_of_who_signs()
    {
        string program = StandIn(
            "cosign",
            $"sign --yes --allow-http-registry --tlog-upload=false {Reference}",
            $"verify --output json --certificate-identity https://ci.example.com/x --certificate-oidc-issuer https://id.example.com --allow-http-registry --insecure-ignore-tlog {Reference}");
        ImageSigner signer = Find(program, new SigningSettings
        {
            Identity = "https://ci.example.com/x",
            Issuer = "https://id.example.com",
            Arguments = ["--tlog-upload=false"],
            VerifyArguments = ["--insecure-ignore-tlog"],
        });
        Assert.IsTrue(await signer.SignAsync(Reference, isPlain: true, NoVariables, mayBeSigned: false, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_key_service_has_both_halves_of_a_key()
    {
        string program = StandIn("cosign", $"sign --yes --key awskms:///alias/edge {Reference}", $"verify --output json --key awskms:///alias/edge {Reference}");
        Assert.IsTrue(await SignAsync(Find(program, new SigningSettings { Key = "awskms:///alias/edge" })));
    }

    [TestMethod]
    public async Task Notation_signs_with_a_key_of_its_own_configuration()
    {
        string program = StandIn("notation", $"sign --key edge {Reference}", $"verify {Reference}");
        ImageSigner signer = Find(program, new SigningSettings { Key = "edge" });
        Assert.AreEqual("notation", signer.Name);
        Assert.IsTrue(await SignAsync(signer));

        program = StandIn("notation", $"sign --insecure-registry {Reference}", $"verify --insecure-registry {Reference}");
        Assert.IsTrue(await Find(program, new SigningSettings()).SignAsync(Reference, isPlain: true, NoVariables, mayBeSigned: false, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task What_is_signed_already_gets_no_other_signature()
    {
        string program = StandIn("notation", $"sign {Reference}", $"verify {Reference}");
        ImageSigner signer = Find(program, new SigningSettings());
        Assert.IsFalse(await signer.SignAsync(Reference, isPlain: false, NoVariables, mayBeSigned: true, TestContext.CancellationToken));
        Assert.AreEqual("verify", Asked());
    }

    [TestMethod]
    public void Who_signs_without_a_key_is_what_the_CI_service_says()
    {
        Dictionary<string, string> github = new() { ["GITHUB_SERVER_URL"] = "https://github.com", ["GITHUB_WORKFLOW_REF"] = "acme/agent/.github/workflows/image.yml@refs/heads/main" };
        SigningSettings settings = new SigningSettings().CompletedFrom(github.GetValueOrDefault);
        Assert.AreEqual("https://github.com/acme/agent/.github/workflows/image.yml@refs/heads/main", settings.Identity);
        Assert.AreEqual("https://token.actions.githubusercontent.com", settings.Issuer);
        Dictionary<string, string> gitlab = new() { ["CI_SERVER_URL"] = "https://gitlab.com", ["CI_CONFIG_REF_URI"] = "gitlab.com/acme/agent//.gitlab-ci.yml@refs/heads/main" };
        Assert.AreEqual("https://gitlab.com/acme/agent//.gitlab-ci.yml@refs/heads/main", new SigningSettings().CompletedFrom(gitlab.GetValueOrDefault).Identity);
        Assert.AreEqual("", new SigningSettings { Key = "k" }.CompletedFrom(github.GetValueOrDefault).Identity);
    }

    [TestMethod]
    public void What_cannot_be_verified_is_said_before_anything_is_pushed()
    {
        string program = StandIn("cosign", "", "");
        Assert.AreEqual(DiagnosticCodes.SignerUnknown, Assert.ThrowsExactly<EdgeException>(() => Find(program, new SigningSettings())).Code);
        EdgeException error = Assert.ThrowsExactly<EdgeException>(() => Find(program, new SigningSettings { Key = _folder.Write("lonely.key", "private") }));
        Assert.AreEqual(DiagnosticCodes.SignerUnknown, error.Code);
        Assert.Contains("lonely.pub", error.Message);
    }

    [TestMethod]
    public void A_tool_that_is_asked_for_has_to_be_there_and_auto_does_without()
    {
        MachineTools nothing = new("/nowhere");
        Assert.AreEqual(DiagnosticCodes.NoSigner, Assert.ThrowsExactly<EdgeException>(() => ImageSigner.Find("cosign", new SigningSettings(), nothing)).Code);
        Assert.AreEqual(DiagnosticCodes.NoSigner, Assert.ThrowsExactly<EdgeException>(() => ImageSigner.Find("/nowhere/cosign", new SigningSettings(), nothing)).Code);
        Assert.IsNull(ImageSigner.Find("auto", new SigningSettings(), nothing));
        Assert.IsNull(ImageSigner.Find("off", new SigningSettings(), new MachineTools(_folder.Path)));
        StandIn("notation", "", "");
        Assert.AreEqual("notation", ImageSigner.Find("auto", new SigningSettings(), new MachineTools(_folder.Path))!.Name);
    }

    [TestMethod]
    [DataRow("""[ "$1" = verify ] || { echo 'reading key: decrypt: encrypted: decryption failed' >&2; exit 1; }""", "EDGE5111", "decryption failed")]
    [DataRow("""[ "$1" = sign ] || { echo 'no matching signatures' >&2; exit 10; }""", "EDGE5112", "no matching signatures")]
    [DataRow("kill -SEGV $$", "EDGE5111", "exit code")]
    public async Task A_signature_that_cannot_be_made_or_does_not_hold_is_an_error(string script, string code, string said)
    {
        string program = _folder.WriteProgram("notation", "#!/bin/sh\n" + script + "\n");
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => SignAsync(Find(program, new SigningSettings())));
        Assert.AreEqual(code, error.Code);
        Assert.Contains(said, error.Message);
        Assert.Contains(Reference, error.Message);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_tool_that_waits_for_somebody_is_ended()
    {
        string program = _folder.WriteProgram("notation", "#!/bin/sh\nsleep 600 & wait\n");
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(
            () => SignAsync(Find(program, new SigningSettings { Timeout = TimeSpan.FromSeconds(1) })));
        Assert.AreEqual(DiagnosticCodes.SignerHangs, error.Code);
    }

    [TestMethod]
    public async Task Credentials_of_the_environment_are_handed_on_in_a_file_that_nobody_else_reads_and_that_goes_away()
    {
        Dictionary<string, string> variables = new() { ["EDGESLIM_REGISTRY_USERNAME"] = "me", ["EDGESLIM_REGISTRY_PASSWORD"] = "s3cret-word" };
        var registry = RegistryName.Parse("registry.example");
        string folder;
        using (SignerLogin login = await SignerLogin.FindAsync(registry, "acme/agent", registry, variables.GetValueOrDefault, TestContext.CancellationToken))
        {
            folder = login.Environment["DOCKER_CONFIG"];
            using JsonDocument config = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "config.json"), TestContext.CancellationToken));
            Assert.AreEqual(
                Convert.ToBase64String("me:s3cret-word"u8), config.RootElement.GetProperty("auths").GetProperty("registry.example").GetProperty("auth").GetString());
            Assert.IsTrue(!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            Assert.AreEqual("s3cret-word", login.Environment["NOTATION_PASSWORD"]);
        }

        Assert.IsFalse(Directory.Exists(folder));
        using SignerLogin none = await SignerLogin.FindAsync(registry, "acme/agent", registry, _ => null, TestContext.CancellationToken);
        Assert.IsEmpty(none.Environment);
    }

    /// <summary>A program that does well when it is asked just so, and fails otherwise.</summary>
    private string StandIn(string name, string sign, string verify) => _folder.WriteProgram(name, $"""
        #!/bin/sh
        echo "$1" >> '{_folder["asked"]}'
        case "$*" in
          '{sign}'|'{verify}') ;;
          *) echo "unknown command line: $*" >&2; exit 2 ;;
        esac

        """);

    private string Asked() => string.Join(' ', File.ReadAllLines(_folder["asked"]));

    private static ImageSigner Find(string program, SigningSettings settings) => ImageSigner.Find(program, settings, new MachineTools("/nowhere"))!;

    private Task<bool> SignAsync(ImageSigner signer) =>
        signer.SignAsync(Reference, isPlain: false, NoVariables, mayBeSigned: false, TestContext.CancellationToken);
}
