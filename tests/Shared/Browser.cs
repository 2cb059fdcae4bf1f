using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSlim.Tests;

/// <summary>A real, headless Chromium with one page, driven by the DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly List<string> _complaints = [];
    private Process? _process;
    private string _session = "";
    private bool _isConnected;
    private int _last;

    private Browser()
    {
    }

    /// <summary>What the page wrote to the console as errors and warnings, and what it threw.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Browser> OpenAsync(string file, int width, int height, bool isDark = false)
    {
        Browser browser = new();
        try
        {
            await browser.ShowAsync(file, width, height, isDark);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public Task ResizeAsync(int width, int height) => SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject
    {
        ["width"] = width,
        ["height"] = height,
        ["deviceScaleFactor"] = 1,
        ["mobile"] = false,
    });

    /// <summary>The value of an expression.</summary>
    public async Task<JsonValue> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        Assert.IsNull(answer["exceptionDetails"], answer.ToJsonString());
        return answer["result"]!["value"]?.AsValue() ?? JsonValue.Create("");
    }

    /// <summary>Presses a key, where the page has its focus.</summary>
    public async Task PressAsync(string key)
    {
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            JsonObject press = new()
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = key,
                ["windowsVirtualKeyCode"] = key switch { "Enter" => 13, "Backspace" => 8, "Escape" => 27, "ArrowRight" => 39, "ArrowDown" => 40, _ => 0 },
            };
            if (type == "keyDown" && key.Length == 1)
            {
                press["text"] = key;
            }

            await SendAsync("Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>Writes text, where the page has its focus.</summary>
    public Task TypeAsync(string text) => SendAsync("Input.insertText", new JsonObject { ["text"] = text });

    /// <summary>Takes a picture of the whole page.</summary>
    public async Task<byte[]> ScreenshotAsync()
    {
        JsonNode answer = await SendAsync("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true });
        return Convert.FromBase64String(answer["data"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        if (_isConnected && _socket.State == WebSocketState.Open)
        {
            _session = "";
            await SendAsync("Browser.close", []);
        }

        if (_process is not null)
        {
            if (!_isConnected || !_process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit();
            }

            _process.Dispose();
        }

        _socket.Dispose();
        _patience.Dispose();
        _profile.Dispose();
    }

    private async Task ShowAsync(string file, int width, int height, bool isDark)
    {
        await StartAsync();
        JsonNode target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true });
        _session = attached["sessionId"]!.GetValue<string>();
        foreach (string domain in new[] { "Page", "Runtime", "Log" })
        {
            await SendAsync(domain + ".enable", []);
        }

        await ResizeAsync(width, height);
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        });
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
        while ((await EvaluateAsync("document.documentElement?.dataset.ready ?? ''")).GetValue<string>() != "true")
        {
            if (_complaints.Count > 0)
            {
                Assert.Fail(string.Join('\n', _complaints));
            }

            await Task.Delay(50, _patience.Token);
        }
    }

    private async Task StartAsync()
    {
        Command.Require("chromium", "chromium");
        _process = Command.Start(
            _profile.Path,
            new Dictionary<string, string?>(),
            "chromium",
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
                "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--remote-debugging-port=0",
                "--user-data-dir=" + _profile.Path,
            ],
            out StringBuilder output);
        string address = await AddressAsync(output);
        await _socket.ConnectAsync(new Uri(address), _patience.Token);
        _isConnected = true;
    }

    private async Task<string> AddressAsync(StringBuilder output)
    {
        const string Listening = "DevTools listening on ";
        while (true)
        {
            string[] lines;
            lock (output)
            {
                lines = output.ToString().Split('\n');
            }

            // The last one may not be whole.
            if (lines[..^1].FirstOrDefault(l => l.StartsWith(Listening, StringComparison.Ordinal)) is string line)
            {
                return line[Listening.Length..].Trim();
            }

            Assert.IsFalse(_process!.HasExited, string.Join('\n', lines));
            await Task.Delay(50, _patience.Token);
        }
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        int id = ++_last;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session.Length > 0)
        {
            message["sessionId"] = _session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, _patience.Token);
        while (true)
        {
            JsonNode answer = await ReceiveAsync();
            if (answer["id"]?.GetValue<int>() == id)
            {
                Assert.IsNull(answer["error"], answer.ToJsonString());
                return answer["result"]!;
            }

            Hear(answer);
        }
    }

    private void Hear(JsonNode answer)
    {
        switch (answer["method"]?.GetValue<string>())
        {
            case "Runtime.exceptionThrown":
                _complaints.Add(answer["params"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when answer["params"]!["type"]!.GetValue<string>() is "error" or "warning" or "assert":
                _complaints.Add(answer["params"]!["args"]!.ToJsonString());
                break;
            case "Log.entryAdded" when answer["params"]!["entry"]!["level"]!.GetValue<string>() is "error" or "warning":
                _complaints.Add(answer["params"]!["entry"]!["text"]!.GetValue<string>());
                break;
            default:
                break;
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _patience.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        message.Position = 0;
        return JsonNode.Parse(message) ?? throw new JsonException("A message of the browser is null.");
    }
}
