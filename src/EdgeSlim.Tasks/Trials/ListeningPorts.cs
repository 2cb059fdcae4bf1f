using System.Globalization;

namespace EdgeSlim.Trials;

/// <summary>The TCP ports that a container listens at, whatever its image says of them (proc(5), <c>/proc/PID/net/tcp</c>).</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";
    private const int LocalAddress = 1;
    private const int State = 3;

    /// <summary>Finds them.</summary>
    /// <param name="processId">A process of the container.</param>
    /// <returns>The ports; none where the container shares the network of this process, whose ports are not its own.</returns>
    public static IReadOnlyList<int> Find(int processId)
    {
        try
        {
            string network = $"/proc/{processId}/ns/net";
            return new FileInfo(network).LinkTarget == new FileInfo("/proc/self/ns/net").LinkTarget
                ? []
                : [.. ((string[])["tcp", "tcp6"])
                    .Select(f => $"/proc/{processId}/net/{f}")
                    .Where(File.Exists)
                    .SelectMany(f => Parse(File.ReadAllText(f)))
                    .Distinct()
                    .Order()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Reads the text.</summary>
    /// <param name="text">The text of such a file.</param>
    /// <returns>The ports.</returns>
    internal static IEnumerable<int> Parse(string text) => text
        .Split('\n')
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(f => f.Length > State && f[State] == Listening)
        .Select(f => f[LocalAddress].Split(':')[^1])
        .Where(p => int.TryParse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _))
        .Select(p => int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
