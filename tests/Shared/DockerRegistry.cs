using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>One line of a registry's access log.</summary>
internal sealed record RegistryRequest(string Method, string Path, int Status)
{
    public bool IsBlobUpload => Method != "GET" && Method != "HEAD" && Path.Contains("/blobs/", StringComparison.Ordinal);

    public bool IsManifestWrite => Method == "PUT" && Path.Contains("/manifests/", StringComparison.Ordinal);
}

/// <summary>The real registry (distribution) on a free loopback port, with storage that goes away with it.</summary>
internal sealed partial class DockerRegistry : IDisposable
{
    private const string Program = "docker-registry";
    private const string MarkPath = "/v2/?mark=";

    private readonly string _folder = Directory.CreateTempSubdirectory("edgeslim-registry-").FullName;
    private readonly ConcurrentQueue<RegistryRequest> _log = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _marks = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Process _process;
    private int _markCount;

    private DockerRegistry(string program, (string User, string Password)? login)
    {
        try
        {
            string config = Path.Combine(_folder, "config.yml");
            File.WriteAllText(config, Configuration(login));
            _process = new Process
            {
                StartInfo = new ProcessStartInfo(program, ["serve", config])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                },
                EnableRaisingEvents = true,
            };
            _process.OutputDataReceived += (_, line) => ReadAccess(line.Data);
            _process.ErrorDataReceived += (_, line) => ReadMessage(line.Data);
            _process.Exited += (_, _) => _address.TrySetException(
                new InvalidOperationException($"{Program} ended at once:\n{string.Join('\n', _errors)}"));
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
            Address = _address.Task.WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where it listens: <c>127.0.0.1:port</c>.</summary>
    public string Address { get; }

    /// <summary>What it was asked so far, in the order of the answers.</summary>
    public IReadOnlyList<RegistryRequest> Requests
    {
        get
        {
            // The log comes through a pipe: when the line of a request made now is there, so are all before it.
            string path = MarkPath + Interlocked.Increment(ref _markCount).ToString(CultureInfo.InvariantCulture);
            TaskCompletionSource seen = _marks.GetOrAdd(path, _ => new TaskCompletionSource());
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{Address}{path}");
            _http.Send(request).Dispose();
            seen.Task.WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult();
            return [.. _log];
        }
    }

    /// <summary>Starts a registry. Where none is installed the test is inconclusive, in CI it fails.</summary>
    /// <param name="login">The only user that it lets in; null for everybody.</param>
    public static DockerRegistry Start((string User, string Password)? login = null)
    {
        TestKinds.Check(Program);
        if (FindOnPath(Program) is string program)
        {
            return new DockerRegistry(program, login);
        }

        const string Missing = $"{Program} is not installed (Debian: apt-get install docker-registry).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(Missing);
        }

        Assert.Inconclusive(Missing);
        throw new InvalidOperationException(Missing);
    }

    public void Dispose()
    {
        _http.Dispose();
        if (_process is not null)
        {
            try
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit();
            }
            catch (InvalidOperationException)
            {
                // It never started.
            }

            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private string Configuration((string User, string Password)? login)
    {
        string configuration = $$"""
            version: 0.1
            log:
              level: info
            storage:
              filesystem:
                rootdirectory: {{_folder}}/data
              delete:
                enabled: true
            http:
              addr: 127.0.0.1:0
              secret: of-no-importance

            """;
        return login is not (string user, string password)
            ? configuration
            : configuration + $"""
                auth:
                  htpasswd:
                    realm: test
                    path: {PasswordFile(user, password)}

                """;
    }

    private string PasswordFile(string user, string password)
    {
        string path = Path.Combine(_folder, "htpasswd");
        // -B: the registry takes nothing but bcrypt.
        using Process process = Process.Start(
            new ProcessStartInfo("htpasswd", ["-Bbc", "-C", "4", path, user, password]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? path : throw new InvalidOperationException("htpasswd failed.");
    }

    private void ReadAccess(string? line)
    {
        Match match = AccessLine().Match(line ?? "");
        if (!match.Success)
        {
            return;
        }

        string path = match.Groups["path"].Value;
        if (path.StartsWith(MarkPath, StringComparison.Ordinal))
        {
            _marks.GetOrAdd(path, _ => new TaskCompletionSource()).TrySetResult();
            return;
        }

        int status = int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture);
        _log.Enqueue(new RegistryRequest(match.Groups["method"].Value, path, status));
    }

    private void ReadMessage(string? line)
    {
        _errors.Enqueue(line ?? "");
        if (ListeningLine().Match(line ?? "") is { Success: true } match)
        {
            _address.TrySetResult(match.Groups[1].Value);
        }
    }

    // Apache's combined format: 127.0.0.1 - - [time] "GET /v2/ HTTP/1.1" 200 2 "" "agent"
    [GeneratedRegex("""\] "(?<method>[A-Z]+) (?<path>\S+) HTTP/[0-9.]+" (?<status>[0-9]{3}) """)]
    private static partial Regex AccessLine();

    [GeneratedRegex("""msg="listening on (127\.0\.0\.1:[0-9]+)""")]
    private static partial Regex ListeningLine();
}
