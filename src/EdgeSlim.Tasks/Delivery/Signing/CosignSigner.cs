using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Delivery.Signing;

/// <summary>Cosign 2, by its command line. Passwords of keys and tokens it reads from its environment.</summary>
internal sealed class CosignSigner : ISigner
{
    public string Name => "cosign";

    public ProcessRequest Sign(string program, SigningTarget target) => new(
        program,
        [
            // Nobody is there to be asked.
            "sign", "--yes",
            .. target.Settings.Key.Length == 0 ? [] : new[] { "--key", target.Settings.Key },
            .. Plain(target), .. target.Settings.Arguments, target.Reference,
        ]);

    public ProcessRequest Verify(string program, SigningTarget target) => new(
        program,
        [
            "verify", "--output", "json",
            .. target.Settings.Key.Length == 0 && target.Settings.VerifyKey.Length == 0
                ? Identity(target.Settings)
                : ["--key", target.Settings.PublicKey()],
            .. Plain(target), .. target.Settings.VerifyArguments, target.Reference,
        ]);

    // Without saying whose, any signature would do.
    private static string[] Identity(SigningSettings settings) => settings is { Identity.Length: > 0, Issuer.Length: > 0 }
        ? ["--certificate-identity", settings.Identity, "--certificate-oidc-issuer", settings.Issuer]
        : throw new EdgeException(
            DiagnosticCodes.SignerUnknown, "without a key it has to be known who signs, and who vouches for that", "EdgeSignIdentity and EdgeSignIssuer, or EdgeSignKey");

    private static string[] Plain(SigningTarget target) => target.IsPlain ? ["--allow-http-registry"] : [];
}
