using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeSlim.Processes;

/// <summary>A process and all that it started, as proc(5) knows them.</summary>
internal static class ProcessTree
{
    // signal(7).
    private const int SigInt = 2;

    /// <summary>Asks all of it to end, as Ctrl+C does.</summary>
    /// <param name="process">The process.</param>
    public static void Interrupt(int process)
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (int one in Of(process))
            {
                _ = Kill(one, SigInt);
            }
        }
    }

    private static List<int> Of(int process)
    {
        ILookup<int, int> children = All().ToLookup(p => p.Parent, p => p.Id);
        List<int> tree = [process];
        for (int i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i]]);
        }

        return tree;
    }

    private static IEnumerable<(int Id, int Parent)> All()
    {
        foreach (string folder in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Parent(folder) is int parent)
            {
                yield return (id, parent);
            }
        }
    }

    private static int? Parent(string folder)
    {
        try
        {
            // The program's name is between parentheses, and may have some of its own; then come the state and the parent.
            string status = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
