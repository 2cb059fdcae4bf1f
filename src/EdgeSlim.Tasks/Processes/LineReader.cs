using System.Text;

namespace EdgeSlim.Processes;

/// <summary>Hands on what a program says line by line, and keeps nothing of it, however much that is.</summary>
internal static class LineReader
{
    private const int LongestLine = 4096;

    public static async Task<string> ReadAsync(TextReader reader, Action<string> onLine, CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        char[] buffer = new char[LongestLine];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            foreach (char c in buffer.AsMemory(0, read).ToArray())
            {
                // A line without an end is given in pieces.
                if (c == '\n' || line.Length == LongestLine)
                {
                    Hand(line, onLine);
                }

                if (c != '\n')
                {
                    line.Append(c);
                }
            }
        }

        if (line.Length > 0)
        {
            Hand(line, onLine);
        }

        return "";
    }

    private static void Hand(StringBuilder line, Action<string> onLine)
    {
        onLine(line.ToString().TrimEnd('\r'));
        line.Clear();
    }
}
