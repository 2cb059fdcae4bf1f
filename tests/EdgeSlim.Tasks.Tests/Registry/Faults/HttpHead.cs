using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EdgeSlim.Tests.Registry.Faults;

/// <summary>The first line and the headers of an HTTP/1.1 message, as they came.</summary>
internal sealed record HttpHead(string FirstLine, IReadOnlyList<string> Fields)
{
    public string Method => FirstLine.Split(' ')[0];

    /// <summary>The request's path with its query.</summary>
    public string Target => FirstLine.Split(' ')[1];

    /// <summary>The answer's status.</summary>
    public int Status => int.Parse(FirstLine.Split(' ')[1], CultureInfo.InvariantCulture);

    public long Length => long.Parse(this["Content-Length"] ?? "0", CultureInfo.InvariantCulture);

    public bool IsLast => this["Connection"]?.Contains("close", StringComparison.OrdinalIgnoreCase) == true;

    public string? this[string name] => Fields
        .Where(f => f.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(f => f[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    public byte[] Bytes => Encoding.Latin1.GetBytes($"{FirstLine}\r\n{string.Concat(Fields.Select(f => f + "\r\n"))}\r\n");

    /// <summary>Reads a head, and nothing of the body; null where the connection ends before.</summary>
    public static async Task<HttpHead?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[4096];
        while (!EndsWithBlankLine(bytes))
        {
            // What is there is looked at, and taken no further than to the end of the head.
            int there = await stream.Socket.ReceiveAsync(buffer, SocketFlags.Peek, cancellationToken);
            if (there == 0)
            {
                return null;
            }

            int taken = 0;
            while (taken < there && !EndsWithBlankLine(bytes))
            {
                bytes.Add(buffer[taken++]);
            }

            await stream.ReadExactlyAsync(buffer.AsMemory(0, taken), cancellationToken);
        }

        string[] lines = Encoding.Latin1.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new HttpHead(lines[0], lines[1..]);
    }

    private static bool EndsWithBlankLine(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';
}
