namespace EdgeSlim.Git;

/// <summary>A piece of an <c>EdgeTags</c> entry.</summary>
internal abstract record TagPart
{
    /// <summary>Text that stands for itself.</summary>
    public sealed record Literal(string Text) : TagPart;

    /// <summary><c>{commit:Length}</c>.</summary>
    public sealed record Commit(int Length) : TagPart;

    /// <summary><c>{date:Format}</c>.</summary>
    public sealed record Date(string Format) : TagPart;

    /// <summary><c>{branch}</c>.</summary>
    public sealed record Branch : TagPart;

    /// <summary><c>{version}</c>.</summary>
    public sealed record Version : TagPart;
}
