using System.Buffers;
using System.Text.RegularExpressions;

namespace EdgeSlim.Policy;

/// <summary>
/// Recognizes secrets that have a form of their own: keys, and tokens whose makers gave them a prefix. What only looks
/// random is let pass, and so are the placeholders of documentation. Pure.
/// </summary>
public static partial class SecretPatterns
{
    private const int FewestDifferentCharacters = 8;

    // Looked for first, all at once: files without any of them, nearly all, are done with then.
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        [
            "PRIVATE KEY", "AKIA", "ASIA", "secret_access_key", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox",
            "AIza", "AccountKey=", "npm_", "_authToken", "oy2", "sk_live_", "rk_live_", "dckr_pat_", "hvs.", "pypi-AgEI", "SG.",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Looks for a secret.</summary>
    /// <param name="text">Where: bytes as Latin-1, or a text.</param>
    /// <returns>What kind of secret it is; null where there is none.</returns>
    public static string? Find(string text) =>
        !text.AsSpan().ContainsAny(Marks) ? null
        : PrivateKey().IsMatch(text) ? "a private key"
        : Known(AmazonKey(), text) ? "an access key of Amazon Web Services"
        : Known(AmazonSecret(), text) ? "a secret key of Amazon Web Services"
        : Known(GitHub(), text) ? "a token of GitHub"
        : Known(GitLab(), text) ? "a token of GitLab"
        : Known(Slack(), text) ? "a token of Slack"
        : Known(Google(), text) ? "an API key of Google"
        : Known(AzureStorage(), text) ? "a key of an Azure storage account"
        : Known(Npm(), text) ? "a token of npm"
        : Known(NuGet(), text) ? "an API key of NuGet"
        : Known(Stripe(), text) ? "a live key of Stripe"
        : Known(DockerHub(), text) ? "a token of Docker Hub"
        : Known(Vault(), text) ? "a token of Vault"
        : Known(PyPi(), text) ? "a token of PyPI"
        : Known(SendGrid(), text) ? "a key of SendGrid"
        : null;

    // 'xxxx' and 'EXAMPLE' are what documentation has in the place of a secret.
    private static bool Known(Regex form, string text)
    {
        for (Match match = form.Match(text); match.Success; match = match.NextMatch())
        {
            string body = match.Groups["body"].Value;
            if (body.Distinct().Count() >= FewestDifferentCharacters && !body.Contains("EXAMPLE", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // With something behind it: code that reads keys, and what explains them, has the first line alone. A key within JSON
    // has its line ends written out.
    [GeneratedRegex(
        @"-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED) )?PRIVATE KEY-----(?:\r?\n|\\r\\n|\\n)(?:[A-Za-z-]+: [^\r\n]+(?:\r?\n|\\n))*(?:\r?\n|\\n)?[A-Za-z0-9+/=]{40}|-----BEGIN PGP PRIVATE KEY BLOCK-----\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*\r?\n[A-Za-z0-9+/]{40}",
        RegexOptions.NonBacktracking)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9+/_])(?<body>(?:AKIA|ASIA)[A-Z2-7]{16})(?![A-Za-z0-9+/_])")]
    private static partial Regex AmazonKey();

    [GeneratedRegex(@"(?i:aws_?secret_?access_?key)[""']?\s{0,4}[=:]\s{0,4}[""']?(?<body>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])")]
    private static partial Regex AmazonSecret();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])(?:gh[pousr]_(?<body>[A-Za-z0-9]{36})|github_pat_(?<body>[A-Za-z0-9]{22}_[A-Za-z0-9]{59}))(?![A-Za-z0-9_])")]
    private static partial Regex GitHub();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])glpat-(?<body>[A-Za-z0-9_-]{20})(?![A-Za-z0-9_-])")]
    private static partial Regex GitLab();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])xox[abprs]-[0-9]{10,13}-(?<body>[0-9]{10,13}-[A-Za-z0-9-]{20,64})")]
    private static partial Regex Slack();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])AIza(?<body>[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])")]
    private static partial Regex Google();

    [GeneratedRegex(@"AccountKey=(?<body>[A-Za-z0-9+/]{86})==")]
    private static partial Regex AzureStorage();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])npm_(?<body>[A-Za-z0-9]{36})(?![A-Za-z0-9_])|_authToken\s{0,2}=\s{0,2}""?(?<body>[A-Za-z0-9+/=_-]{20,})")]
    private static partial Regex Npm();

    [GeneratedRegex(@"(?<![A-Za-z0-9])oy2(?<body>[a-p][a-z2-7]{42})(?![A-Za-z0-9])")]
    private static partial Regex NuGet();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])[sr]k_live_(?<body>[A-Za-z0-9]{24,99})(?![A-Za-z0-9_])")]
    private static partial Regex Stripe();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])dckr_pat_(?<body>[A-Za-z0-9_-]{27})(?![A-Za-z0-9_-])")]
    private static partial Regex DockerHub();

    [GeneratedRegex(@"(?<![A-Za-z0-9_.])hvs\.(?<body>[A-Za-z0-9_-]{90,130})(?![A-Za-z0-9_-])")]
    private static partial Regex Vault();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])pypi-AgEI(?<body>[A-Za-z0-9_-]{70,250})")]
    private static partial Regex PyPi();

    [GeneratedRegex(@"(?<![A-Za-z0-9_.-])SG\.(?<body>[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})(?![A-Za-z0-9_.-])")]
    private static partial Regex SendGrid();
}
