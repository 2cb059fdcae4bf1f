using System.Diagnostics;

namespace EdgeSlim.Tests.Composition;

/// <summary>A process that composes an image of files and pushes it, as a build does.</summary>
internal sealed class ComposingProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ComposingProcess(string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program, for <c>dotnet</c>.</summary>
    public static string Program => Path.Combine(
        Repository.Root, "tests/EdgeSlim.Composing/bin", Repository.Configuration, "net10.0/EdgeSlim.Composing.dll");

    public static ComposingProcess Start(string files, string layout, string cache, long cacheBytes, string registry) =>
        new([files, layout, cache, $"{cacheBytes}", registry]);

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end, whatever it is.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Fails the test unless it ends well and has nothing to warn of.</summary>
    /// <returns>The digest of the image.</returns>
    public async Task<string> SucceedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        Assert.AreEqual("", await _errors);
        Assert.AreEqual(0, _process.ExitCode);
        return (await _output).Trim();
    }

    public void Dispose() => _process.Dispose();
}
