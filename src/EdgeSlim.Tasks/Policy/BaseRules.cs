using System.Net;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Locking;

namespace EdgeSlim.Policy;

/// <summary>What there is to say of a base before it is there. Pure.</summary>
public static class BaseRules
{
    private const string Local = "local";

    /// <summary>Whether a base may not be taken for where it comes from.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="allowed">Where bases may come from.</param>
    /// <returns>What breaks the rule; null where it may be taken.</returns>
    public static PolicyBreach? OfSource(string name, IReadOnlyList<string> allowed) => Allows(name, allowed)
        ? null
        : new PolicyBreach(name, $"allowed are {string.Join(", ", allowed)}");

    /// <summary>Whether a base may not be taken for being another one tomorrow.</summary>
    /// <param name="judged">The base.</param>
    /// <returns>What breaks the rule; null where it may be taken.</returns>
    public static PolicyBreach? OfDigest(JudgedBase judged) =>
        judged.IsPinned || IsMade(judged.Name) ? null : new PolicyBreach(judged.Name, "neither its name nor the lock file says its digest");

    /// <summary>Says what is judged of a base.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="locked">The lock file; null where there is none.</param>
    /// <returns>The base.</returns>
    public static JudgedBase Describe(string name, BaseLock? locked)
    {
        if (IsMade(name) || BaseImage.IsLocalName(name))
        {
            return new JudgedBase(name, locked?.Find(name) is not null);
        }

        ImageReference reference = ImageReference.Parse(name);
        return new JudgedBase(name, reference.IsPinned || locked?.Find(reference.ToString()) is not null);
    }

    private static bool Allows(string name, IReadOnlyList<string> allowed)
    {
        // A slice is of this machine, or of an image that is judged by itself.
        if (IsMade(name))
        {
            return name == BaseImage.SlicedName || allowed.Contains(BaseImage.ScratchName);
        }

        if (BaseImage.IsLocalName(name))
        {
            return allowed.Contains(Local);
        }

        ImageReference reference = ImageReference.Parse(name);
        string full = reference.FullName;
        return (IsThisMachine(reference.Registry) && allowed.Contains(Local))
            || allowed.Any(a => full == a || full.StartsWith(a.TrimEnd('/') + "/", StringComparison.Ordinal));
    }

    private static bool IsMade(string name) => name is BaseImage.ScratchName or BaseImage.SlicedName;

    private static bool IsThisMachine(string registry)
    {
        string host = registry.StartsWith('[') ? registry[..(registry.IndexOf(']', StringComparison.Ordinal) + 1)].Trim('[', ']') : registry.Split(':')[0];
        return host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
    }
}
