using System.Text;

namespace EdgeSlim.Processes;

/// <summary>
/// Reads a stream of a program while it runs. Whoever takes the lines gets them as they come, and then nothing of them is kept,
/// however many they are.
/// </summary>
internal sealed class OutputReader : IDisposable
{
    private const int LongestLine = 4096;

    private readonly StringBuilder _text = new();
    private readonly Action<string>? _onLine;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="onLine">Takes the lines; null to keep them.</param>
    public OutputReader(StreamReader stream, Action<string>? onLine)
    {
        _onLine = onLine;
        End = ReadAsync(stream);
    }

    /// <summary>Ends with the stream.</summary>
    public Task End { get; }

    /// <summary>What was read, unless somebody takes the lines.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _onLine is null ? _text.ToString() : "";
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task ReadAsync(StreamReader stream)
    {
        char[] buffer = new char[LongestLine];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, _stop.Token)) > 0)
            {
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Nobody waits for the rest.
        }

        if (_onLine is not null && _text.Length > 0)
        {
            GiveLine();
        }
    }

    private void Take(ReadOnlySpan<char> read)
    {
        if (_onLine is null)
        {
            lock (_text)
            {
                _text.Append(read);
            }

            return;
        }

        foreach (char c in read)
        {
            // A line without an end is given in pieces.
            if (c == '\n' || _text.Length == LongestLine)
            {
                GiveLine();
            }

            if (c != '\n')
            {
                _text.Append(c);
            }
        }
    }

    private void GiveLine()
    {
        _onLine!(_text.ToString().TrimEnd('\r'));
        _text.Clear();
    }
}
