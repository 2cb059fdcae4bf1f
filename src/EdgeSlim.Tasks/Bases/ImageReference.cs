using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Bases;

/// <summary>An image in a registry: <c>[registry/]repository[:tag][@digest]</c>.</summary>
/// <param name="Registry">The registry; Docker Hub where none is written.</param>
/// <param name="Repository">The repository in it.</param>
/// <param name="Reference">The digest where there is one, else the tag, else <c>latest</c>.</param>
public sealed record ImageReference(string Registry, string Repository, string Reference)
{
    private const string DockerHub = "docker.io";

    /// <summary>Whether it names one image for ever.</summary>
    public bool IsPinned => Digest.TryParse(Reference, out _);

    /// <summary>Reads a reference, by the rules that every container tool shares.</summary>
    /// <param name="text">The reference.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="EdgeException">It is none (EDGE2003).</exception>
    public static ImageReference Parse(string text)
    {
        string name = text;
        string? digest = null;
        if (name.IndexOf('@', StringComparison.Ordinal) is int at and >= 0)
        {
            digest = name[(at + 1)..];
            name = name[..at];
            if (!Digest.TryParse(digest, out _))
            {
                throw Invalid(text, $"'{digest}' is not a sha256 digest");
            }
        }

        string? tag = null;
        if (name.LastIndexOf(':') is int colon and >= 0 && colon > name.LastIndexOf('/'))
        {
            tag = name[(colon + 1)..];
            name = name[..colon];
        }

        // The first part is a registry only when it cannot be part of a Docker Hub name.
        string registry = DockerHub;
        if (name.IndexOf('/', StringComparison.Ordinal) is int slash and >= 0
            && (name[..slash] == "localhost" || name[..slash].AsSpan().IndexOfAny('.', ':') >= 0))
        {
            registry = name[..slash];
            name = name[(slash + 1)..];
        }

        try
        {
            ReferenceGrammar.CheckRepository(name);
            ReferenceGrammar.CheckTag(tag ?? "latest", "ContainerBaseImage");
        }
        catch (EdgeException e)
        {
            throw Invalid(text, e.Message);
        }

        return new ImageReference(registry, name, digest ?? tag ?? "latest");
    }

    /// <summary>The reference in full, as there is one way to write it.</summary>
    /// <returns>Such as <c>docker.io/library/debian:trixie-slim</c>.</returns>
    public override string ToString() => $"{FullName}{(IsPinned ? '@' : ':')}{Reference}";

    /// <summary>Registry and repository in full: Docker Hub's own images live in <c>library/</c>.</summary>
    public string FullName => $"{Registry}/{RegistryName.Parse(Registry).ApiRepository(Repository)}";

    private static EdgeException Invalid(string text, string reason) =>
        new(DiagnosticCodes.BaseUnreadable, text, "it is not an image reference: " + reason);
}
