using EdgeSlim.Policy;

namespace EdgeSlim.Tests.Policy;

/// <summary>A corpus of secrets, and one of what looks like them. The secrets are made here and open nothing; they are put together so that no scanner of sources takes them for real ones.</summary>
[TestClass]
public sealed class SecretPatternTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static IEnumerable<object[]> Secrets =>
    [
        ["a private key", Key("RSA PRIVATE KEY")],
        ["a private key", Key("PRIVATE KEY")],
        ["a private key", Key("EC PRIVATE KEY")],
        ["a private key", Key("OPENSSH PRIVATE KEY").Replace("\n", "\r\n", StringComparison.Ordinal)],
        ["a private key", "x\n" + Key("ENCRYPTED PRIVATE KEY")],
        ["a private key", Key("RSA PRIVATE KEY").Replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", StringComparison.Ordinal)],
        ["a private key", "{\"private_key\": \"" + Key("PRIVATE KEY").Replace("\n", "\\n", StringComparison.Ordinal) + "\"}"],
        ["an access key of Amazon Web Services", "aws_access_key_id = AK" + "IAQ3EGRZ5TLKJMWXYB"],
        ["a secret key of Amazon Web Services", "\"AWS_SECRET_ACCESS_KEY\": \"" + Of(40) + "\""],
        ["a token of GitHub", "GITHUB_TOKEN=gh" + "p_" + Of(36)],
        ["a token of GitHub", "github_" + "pat_" + Of(22) + "_" + Of(59)],
        ["a token of GitLab", "token: glpat" + "-" + Of(20)],
        ["a token of Slack", "xox" + "b-123456789012-1234567890123-" + Of(24)],
        ["an API key of Google", "key=AI" + "za" + Of(35)],
        ["a key of an Azure storage account", "AccountName=a;Account" + "Key=" + Of(86) + "==;EndpointSuffix=x"],
        ["a token of npm", "//registry.npmjs.org/:_auth" + "Token=npm_" + Of(36)],
        ["a token of npm", "//packages.example.com/:_auth" + "Token=" + Of(32)],
        ["an API key of NuGet", "oy" + "2abcdefghijklmnopqrstuvwxyz234567abcdefghijk"],
        ["a live key of Stripe", "sk_" + "live_" + Of(24)],
        ["a token of Docker Hub", "dckr_" + "pat_" + Of(27)],
        ["a token of Vault", "VAULT_TOKEN=hv" + "s." + Of(95)],
        ["a token of PyPI", "pypi" + "-AgEI" + Of(80)],
        ["a key of SendGrid", "S" + "G." + Of(22) + "." + Of(43)],
    ];

    public static IEnumerable<object[]> Others =>
    [
        ["-----BEGIN RSA PRIVATE KEY-----"],
        ["if (pem.StartsWith(\"-----BEGIN PRIVATE KEY-----\")) return Read(pem);"],
        ["-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"],
        ["-----BEGIN PRIVATE KEY-----\n<your key goes here>\n-----END PRIVATE KEY-----"],
        [Key("PUBLIC KEY")],
        [Key("CERTIFICATE")],
        ["AKIAIOSFODNN7EXAMPLE"],
        ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
        ["prefixAKIAQ3EGRZ5TLKJMWXYBsuffix"],
        ["AKIAAAAAAAAAAAAAAAAA"],
        ["aws_secret_access_key = ${AWS_SECRET}"],
        ["ghp_" + new string('x', 36)],
        ["ghp_" + Of(35)],
        ["my_ghp_" + Of(36)],
        ["glpat-xxxxxxxxxxxxxxxxxxxx"],
        ["xoxb-your-token"],
        ["AIza"],
        ["AccountKey=${KEY}"],
        ["UseDevelopmentStorage=true"],
        ["//registry.npmjs.org/:_authToken=${NPM_TOKEN}"],
        ["npm_config_registry=https://registry.npmjs.org/ npm_lifecycle_event=install"],
        ["sk_test_" + Of(24)],
        ["hvs.short"],
        ["MSG.Length SG.1.2"],
        ["sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"],
        ["https://www.nuget.org/packages/oy2"],
        ["eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG_HACGpVUMN_a9IV7pAx_Zmeo"],
        ["password=hunter2"],
        [Convert.ToBase64String([.. Enumerable.Range(0, 30_000).Select(i => (byte)(i * 31 >> 3))])],
    ];

    [TestMethod]
    [DynamicData(nameof(Secrets))]
    public void A_secret_is_found_and_said_what_it_is(string kind, string text)
    {
        Assert.AreEqual(kind, SecretPatterns.Find(text));
        Assert.AreEqual(kind, SecretPatterns.Find("\0\u00ff\n" + text + "\n\0"));
    }

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void What_looks_like_a_secret_is_none(string text) => Assert.IsNull(SecretPatterns.Find(text));

    /// <summary>Files of this machine that hold no secrets: programs, libraries, documentation, configuration.</summary>
    [TestMethod]
    [DataRow("/usr/bin")]
    [DataRow("/usr/lib/x86_64-linux-gnu")]
    [DataRow("/usr/include")]
    [DataRow("/usr/share/dotnet/shared")]
    public void Files_of_this_machine_hold_none(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        // A slice of them here, all of them in the long run.
        bool all = Campaign.IsWhole;
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        string[] files = [.. Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal)];
        int step = all ? 1 : Math.Max(1, files.Length / 150);
        byte[] beginning = new byte[1 << 20];
        List<string> found = [];
        for (int i = 0; i < files.Length; i += step)
        {
            using FileStream file = File.OpenRead(files[i]);
            int length = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            if (SecretPatterns.Find(System.Text.Encoding.Latin1.GetString(beginning, 0, length)) is string kind)
            {
                found.Add($"{files[i]}: {kind}");
            }
        }

        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [TestMethod]
    [DataRow("/app/.env", true)]
    [DataRow("/app/.env.production", true)]
    [DataRow("/app/.env.example", false)]
    [DataRow("/app/environment", false)]
    [DataRow("/root/.npmrc", true)]
    [DataRow("/root/.ssh/id_rsa", true)]
    [DataRow("/root/.ssh/id_rsa.pub", false)]
    [DataRow("/root/.ssh/known_hosts", false)]
    [DataRow("/app/server.pfx", true)]
    [DataRow("/root/.aws/credentials", true)]
    [DataRow("/root/.docker/config.json", true)]
    [DataRow("/app/config.json", false)]
    [DataRow("/etc/ssl/certs/ca-certificates.crt", false)]
    public void A_file_is_told_by_what_it_is_for(string path, bool isSecret) => Assert.AreEqual(isSecret, SecretNames.Match(path));

    private static string Key(string kind) =>
        $"-----BEGIN {kind}-----\n{Of(64)}\n{Of(64)}\n{Of(20)}=\n-----END {kind}-----\n";

    // Always the same, and with many different characters.
    private static string Of(int length) => string.Concat(Enumerable.Range(0, length).Select(i => Alphabet[((i * 37) + (i / 7) + 11) % Alphabet.Length]));
}
