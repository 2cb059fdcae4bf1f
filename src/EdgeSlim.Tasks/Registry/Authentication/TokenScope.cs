namespace EdgeSlim.Registry.Authentication;

/// <summary>What a token is to allow, in the words of the token protocol: <c>repository:team/app:pull,push</c>.</summary>
internal sealed record TokenScope(string Resource, IReadOnlyList<string> Actions)
{
    public static TokenScope For(string repository, RegistryAccess access) =>
        new($"repository:{repository}", access == RegistryAccess.Push ? ["pull", "push"] : ["pull"]);

    /// <summary>Reads one scope; null where the text is none.</summary>
    public static TokenScope? Parse(string text)
    {
        // The resource can hold a colon itself, the actions cannot.
        int colon = text.LastIndexOf(':');
        return colon <= 0 ? null : new TokenScope(text[..colon], text[(colon + 1)..].Split(','));
    }

    /// <summary>Whether a token for this scope also does for the other.</summary>
    public bool Covers(TokenScope other) => Resource == other.Resource && other.Actions.All(Actions.Contains);

    public override string ToString() => $"{Resource}:{string.Join(',', Actions)}";
}
