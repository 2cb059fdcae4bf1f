using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>A name server on loopback that knows one name (RFC 1035).</summary>
internal sealed class DnsServer : IDisposable
{
    public const string Name = "sensor.edgeslim.test";

    private const int HeaderSize = 12;
    private const ushort TypeA = 1;

    // resolv.conf cannot name a port, and others may have 127.0.0.1, or run the same tests.
    private static readonly IPAddress Address = new([127, 53, (byte)(Environment.ProcessId >> 8), (byte)Environment.ProcessId]);
    private static readonly byte[] Known = [192, 0, 2, 7];

    private readonly UdpClient _socket;

    public DnsServer()
    {
        try
        {
            _socket = new UdpClient(new IPEndPoint(Address, 53));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new AssertInconclusiveException("Only root may listen on port 53.");
        }

        _ = ServeAsync();
    }

    public static string Configuration => $"nameserver {Address}\noptions timeout:2 attempts:2\n";

    public static string Answer { get; } = new IPAddress(Known).ToString();

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult query = await _socket.ReceiveAsync();
                await _socket.SendAsync(Reply(query.Buffer), query.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static byte[] Reply(byte[] query)
    {
        int end = HeaderSize;
        List<string> labels = [];
        for (; query[end] != 0; end += query[end] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(query, end + 1, query[end]));
        }

        bool isKnown = string.Join('.', labels) == Name;
        bool isAnswered = isKnown && BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(end + 1)) == TypeA;

        // The header, the question again, and an answer that points to the name in it.
        List<byte> reply = [query[0], query[1], 0x81, (byte)(isKnown ? 0x80 : 0x83), 0, 1, 0, (byte)(isAnswered ? 1 : 0), 0, 0, 0, 0];
        reply.AddRange(query[HeaderSize..(end + 5)]);
        if (isAnswered)
        {
            reply.AddRange([0xC0, HeaderSize, 0, (byte)TypeA, 0, 1, 0, 0, 0, 60, 0, (byte)Known.Length, .. Known]);
        }

        return [.. reply];
    }
}
