namespace EdgeSlim.Registry.Credentials;

/// <summary>What proves to a registry who pushes. Its secrets are in no text that it gives out.</summary>
public sealed class Credential
{
    // What docker and its helpers write for a user name where the secret is an identity token.
    private const string TokenUser = "<token>";

    private Credential(string username, string secret, bool isIdentityToken, string origin)
    {
        Username = username;
        Secret = secret;
        IsIdentityToken = isIdentityToken;
        Origin = origin;
    }

    /// <summary>Where it comes from, for people: names of variables, the path of a file.</summary>
    public string Origin { get; }

    internal string Username { get; }

    internal string Secret { get; }

    /// <summary>The secret is no password but is exchanged for tokens (OAuth 2, refresh token).</summary>
    internal bool IsIdentityToken { get; }

    /// <summary>A user with a password; the user <c>&lt;token&gt;</c> has an identity token instead.</summary>
    /// <param name="username">The user.</param>
    /// <param name="secret">The password or the token.</param>
    /// <param name="origin">Where they come from, for people.</param>
    /// <returns>The credential.</returns>
    public static Credential FromUser(string username, string secret, string origin) =>
        new(username, secret, username == TokenUser, origin);

    /// <summary>An identity token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="origin">Where it comes from, for people.</param>
    /// <returns>The credential.</returns>
    public static Credential FromIdentityToken(string token, string origin) => new(TokenUser, token, true, origin);

    /// <inheritdoc/>
    public override string ToString() => $"credentials from {Origin}";
}
