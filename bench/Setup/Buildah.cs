namespace EdgeSlim.Bench.Setup;

/// <summary>buildah, with a storage of its own.</summary>
/// <param name="storage">The storage's folder.</param>
internal sealed class Buildah(string storage)
{
    public void Run(string command, params string[] arguments) => Workshop.Run(
        "/", "buildah", ["--root", $"{storage}/root", "--runroot", $"{storage}/run", "--storage-driver", "vfs", command, .. arguments]);

    /// <summary>Forgets all images.</summary>
    public void Clear() => Workshop.Delete(storage);
}
