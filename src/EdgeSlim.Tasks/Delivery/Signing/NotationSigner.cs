using EdgeSlim.Processes;

namespace EdgeSlim.Delivery.Signing;

/// <summary>Notation 1, by its command line. Keys and whom to trust are in its own configuration.</summary>
internal sealed class NotationSigner : ISigner
{
    public string Name => "notation";

    public ProcessRequest Sign(string program, SigningTarget target) => new(
        program,
        [
            "sign", .. target.Settings.Key.Length == 0 ? [] : new[] { "--key", target.Settings.Key },
            .. Plain(target), .. target.Settings.Arguments, target.Reference,
        ]);

    public ProcessRequest Verify(string program, SigningTarget target) =>
        new(program, ["verify", .. Plain(target), .. target.Settings.VerifyArguments, target.Reference]);

    private static string[] Plain(SigningTarget target) => target.IsPlain ? ["--insecure-registry"] : [];
}
