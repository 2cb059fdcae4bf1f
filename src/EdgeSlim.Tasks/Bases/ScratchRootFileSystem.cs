using EdgeSlim.Oci;

namespace EdgeSlim.Bases;

/// <summary>
/// What .NET needs to live on an empty base: users to look up, a folder for temporary files and a home. It never
/// changes, so that every image shares the one layer.
/// </summary>
public static class ScratchRootFileSystem
{
    /// <summary>The user and group id of <c>nonroot</c>, which is distroless's.</summary>
    public const int NonRootId = 65532;

    // Sticky, and writable for all, as everywhere.
    private const int TemporaryFolderMode = 0b001_111_111_111;
    private const int HomeMode = 0b111_000_000;

    private const string Users =
        """
        root:x:0:0:root:/root:/sbin/nologin
        nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
        nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin

        """;

    private const string Groups =
        """
        root:x:0:
        nobody:x:65534:
        nonroot:x:65532:

        """;

    /// <summary>The users that can be named.</summary>
    public static IReadOnlyList<string> UserNames { get; } = ["root", "nobody", "nonroot"];

    /// <summary>The layer.</summary>
    public static LayerPlan Layer { get; } = new()
    {
        Name = "users, home and /tmp for scratch",
        Time = DateTimeOffset.UnixEpoch,
        IsOfBase = true,
        Entries =
        [
            Folder("etc", LayerEntry.ExecutableMode),
            TextFile("etc/group", Groups),
            TextFile("etc/passwd", Users),
            Folder("home", LayerEntry.ExecutableMode),
            Folder("home/nonroot", HomeMode) with { UserId = NonRootId, GroupId = NonRootId },
            Folder("tmp", TemporaryFolderMode),
        ],
    };

    private static LayerEntry Folder(string path, int mode) => new() { Path = path, IsFolder = true, Mode = mode };

    private static LayerEntry TextFile(string path, string text)
    {
        string content = text.ReplaceLineEndings("\n");
        return new LayerEntry
        {
            Path = path,
            Mode = LayerEntry.FileMode,
            Text = content,
            Size = System.Text.Encoding.UTF8.GetByteCount(content),
        };
    }
}
