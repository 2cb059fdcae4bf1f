using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace EdgeSlim.Tasks;

/// <summary>
/// The one place where MSBuild and the core meet: runs the core's asynchronous work, hands on what it says, turns its
/// expected failures into coded errors without a stack trace, and stops at once when the build is cancelled.
/// </summary>
public abstract class EdgeTask : MSBuildTask, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private bool _hasFailed;

    /// <summary>Where the core says what it has to say.</summary>
    protected IDiagnosticSink Diagnostics => new LogSink(this);

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        using Interruption? interruption = Interruption.Await(BuildEngine, Cancel);
        if (IsOfReference && BuildEngine is IBuildEngine7 engine)
        {
            engine.AllowFailureWithoutError = true;
        }

        try
        {
            ExecuteAsync(_cancellation.Token).GetAwaiter().GetResult();
        }
        catch (EdgeException e)
        {
            Diagnostics.Report(new Diagnostic(DiagnosticSeverity.Error, e.Code, e.Message) { Location = e.Location });
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }

        return !Log.HasLoggedErrors && !_hasFailed;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    // What the reference of a trial lacks is not the user's mistake: there is no reference then.
    private bool IsOfReference => EvaluatedProject.Of(BuildEngine)?.GetPropertyValue("_EdgeSlimMode") == "reference";

    /// <summary>Calls the core.</summary>
    /// <param name="cancellationToken">Cancelled when the build is.</param>
    /// <returns>The work.</returns>
    protected abstract Task ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Shows what an application said last, before it is said what is wrong with it.</summary>
    /// <param name="lastLines">What it said.</param>
    protected void SayLast(IReadOnlyList<string> lastLines)
    {
        if (lastLines.Count > 0)
        {
            Diagnostics.Important($"What the application said last:\n{string.Join('\n', lastLines.Select(l => "  | " + l))}");
        }
    }

    /// <summary>Reads a property that takes one of a few words.</summary>
    /// <typeparam name="T">The words, as an enumeration.</typeparam>
    /// <param name="property">The MSBuild property's name.</param>
    /// <param name="value">What the user wrote; empty for the first word.</param>
    /// <returns>The word.</returns>
    /// <exception cref="EdgeException">It is another word (EDGE9004).</exception>
    protected static T OneOf<T>(string property, string value)
        where T : struct, Enum
    {
        if (value.Length == 0)
        {
            return default;
        }

        return Enum.GetNames<T>().Contains(value, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(value, ignoreCase: true)
            : throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, property, value, string.Join(", ", Enum.GetNames<T>()));
    }

    /// <summary>Reads a property that is true or false.</summary>
    /// <param name="property">The MSBuild property's name.</param>
    /// <param name="value">What the user wrote; empty for false.</param>
    /// <returns>The value.</returns>
    /// <exception cref="EdgeException">It is something else (EDGE9004).</exception>
    protected static bool Flag(string property, string value)
    {
        if (value.Length == 0)
        {
            return false;
        }

        return bool.TryParse(value, out bool flag)
            ? flag
            : throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, property, value, "true, false");
    }

    /// <summary>Reads a property that is a time in seconds.</summary>
    /// <param name="property">The MSBuild property's name.</param>
    /// <param name="value">What the user wrote; empty for the default.</param>
    /// <param name="byDefault">The default.</param>
    /// <returns>The time.</returns>
    /// <exception cref="EdgeException">It is no time (EDGE9004).</exception>
    protected static TimeSpan Seconds(string property, string value, TimeSpan byDefault) =>
        value.Length == 0 ? byDefault
        : double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, property, value, "a number of seconds, such as 100 or 0.5");

    /// <summary>Reads where the cache is and what it may take.</summary>
    /// <param name="folder">EdgeCacheDir; empty for a folder in that of the user's caches.</param>
    /// <param name="maxBytes">EdgeCacheMaxBytes.</param>
    /// <returns>Both; null for no cache.</returns>
    /// <exception cref="EdgeException">The size is no number (EDGE9004).</exception>
    protected static (string Folder, long MaxBytes)? Cache(string folder, string maxBytes)
    {
        if (!long.TryParse(maxBytes, NumberStyles.None, CultureInfo.InvariantCulture, out long most))
        {
            throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "EdgeCacheMaxBytes", maxBytes, "a number of bytes, 0 for no cache");
        }

        string? found = folder.Length > 0 ? folder : LayerCache.DefaultFolder(Environment.GetEnvironmentVariable);
        return found is null || most == 0 ? null : (found, most);
    }

    private sealed class LogSink(EdgeTask task) : IDiagnosticSink
    {
        public void Report(Diagnostic diagnostic)
        {
            if (task.IsOfReference)
            {
                task._hasFailed |= diagnostic.Severity == DiagnosticSeverity.Error;
                task.Log.LogMessage(MessageImportance.Low, "Reference: {0}", diagnostic.Text);
                return;
            }

            if (EvaluatedProject.Of(task.BuildEngine) is ProjectInstance project)
            {
                PendingImage.Of(task.BuildEngine, project.FullPath)?.Said.Report(diagnostic);
            }

            (string file, int line, int column) = diagnostic.Location ?? new SourceLocation(Project);
            switch (diagnostic.Severity)
            {
                case DiagnosticSeverity.Error:
                    task.Log.LogError(null, diagnostic.Code, null, file, line, column, 0, 0, "{0}", diagnostic.Text);
                    break;
                case DiagnosticSeverity.Warning:
                    task.Log.LogWarning(null, diagnostic.Code, null, file, line, column, 0, 0, "{0}", diagnostic.Text);
                    break;
                case var _ when diagnostic.Code is not null:
                    task.Log.LogMessage(
                        null, diagnostic.Code, null, file, line, column, 0, 0, Importance(diagnostic.Severity), "{0}", diagnostic.Text);
                    break;
                default:
                    task.Log.LogMessage(Importance(diagnostic.Severity), "{0}", diagnostic.Text);
                    break;
            }
        }

        // The project the user knows, not the .targets file in a package cache.
        private string Project => task.BuildEngine.ProjectFileOfTaskNode is { Length: > 0 } file
            && !file.EndsWith(".targets", StringComparison.OrdinalIgnoreCase)
                ? file
                : "EdgeSlim";

        private static MessageImportance Importance(DiagnosticSeverity severity) => severity switch
        {
            DiagnosticSeverity.Important => MessageImportance.High,
            DiagnosticSeverity.Information => MessageImportance.Normal,
            _ => MessageImportance.Low,
        };
    }
}
