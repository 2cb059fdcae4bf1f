using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Bases.Locking;

/// <summary>Holds bases against the lock file.</summary>
/// <param name="file">The lock file, for messages.</param>
/// <param name="content">What it says; null where there is none.</param>
/// <param name="isLocked">Whether a base that is not in it is refused (EdgeLockedMode).</param>
public sealed class BasePins(string file, BaseLock? content, bool isLocked)
{
    /// <summary>Nothing is locked.</summary>
    public static BasePins None { get; } = new("", null, isLocked: false);

    /// <summary>What the lock file says of an image of a registry.</summary>
    /// <param name="reference">The image.</param>
    /// <returns>The base; null where it is to be looked up, or is a digest anyway.</returns>
    /// <exception cref="EdgeException">Locked mode, and it is not in the lock file (EDGE2066).</exception>
    public LockedBase? Find(ImageReference reference) =>
        reference.IsPinned ? null : content?.Find(reference.ToString()) ?? Missing(reference.ToString());

    /// <summary>Holds a folder or archive of this machine against the lock file, where it is in it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="digest">The digest of its manifest.</param>
    /// <param name="platform">The platform.</param>
    /// <returns>Whether it is locked.</returns>
    /// <exception cref="EdgeException">It is not the one that was locked (EDGE2067), or not in the lock file (EDGE2066).</exception>
    public bool Check(string name, Digest digest, Platform platform)
    {
        if ((content?.Find(name) ?? Missing(name)) is not LockedBase locked)
        {
            return false;
        }

        Digest wanted = locked.DigestFor(platform);
        return digest == wanted
            ? true
            : throw new EdgeException(DiagnosticCodes.BaseDiffersFromLock, name, digest, file, wanted);
    }

    private LockedBase? Missing(string name) =>
        isLocked ? throw new EdgeException(DiagnosticCodes.BaseNotLocked, name, file) : null;
}
