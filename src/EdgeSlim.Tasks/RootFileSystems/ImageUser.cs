using System.Globalization;
using System.Text;

namespace EdgeSlim.RootFileSystems;

/// <summary>Who the programs of an image run as.</summary>
/// <param name="Name">As the configuration has it.</param>
/// <param name="UserId">The user id.</param>
/// <param name="GroupIds">The ids of the groups.</param>
/// <param name="Home">The home folder: that of /etc/passwd, or the root folder where it is not there.</param>
internal sealed record ImageUser(string Name, int UserId, IReadOnlyList<int> GroupIds, string Home = "/")
{
    private const int Root = 0;
    private const int HomeField = 5;

    /// <summary>Finds the user of the configuration (image-spec 1.1, config.md, "User").</summary>
    /// <returns>The user; null where a name stands neither in /etc/passwd nor in /etc/group.</returns>
    public static ImageUser? Find(string? configured, ImageFileSystem files)
    {
        string text = string.IsNullOrEmpty(configured) ? "0" : configured;
        string[] parts = text.Split(':', 2);
        string[][] users = Lines(files, "/etc/passwd");
        string[][] groups = Lines(files, "/etc/group");
        string[]? user = users.FirstOrDefault(u => u.Length > 3 && (u[0] == parts[0] || u[2] == parts[0]));
        int? id = Id(user is null ? parts[0] : user[2]);
        int? group = parts.Length > 1
            ? Id(groups.FirstOrDefault(g => g.Length > 2 && g[0] == parts[1])?[2] ?? parts[1])
            : Id(user?[3]) ?? Root;
        IEnumerable<int> others = parts.Length > 1
            ? []
            : groups.Where(g => g.Length > 3 && g[3].Split(',').Contains(user?[0])).Select(g => Id(g[2])).OfType<int>();
        return id is null || group is null ? null : new ImageUser(
            text, id.Value, [group.Value, .. others], user?.ElementAtOrDefault(HomeField) is { Length: > 0 } home ? home : "/");
    }

    /// <summary>Whether the user may start a file, or enter a folder.</summary>
    public bool MayExecute(ImageEntry entry) =>
        UserId == Root ? entry.Kind == ImageEntryKind.Folder || (entry.Mode & 0b001_001_001) != 0
        : entry.UserId == UserId ? (entry.Mode & 0b001_000_000) != 0
        : GroupIds.Contains(entry.GroupId) ? (entry.Mode & 0b000_001_000) != 0
        : (entry.Mode & 0b000_000_001) != 0;

    private static string[][] Lines(ImageFileSystem files, string path) =>
        files.Find(path)?.Content is byte[] content
            ? [.. Encoding.UTF8.GetString(content).Split('\n').Select(l => l.Split(':'))]
            : [];

    private static int? Id(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;
}
