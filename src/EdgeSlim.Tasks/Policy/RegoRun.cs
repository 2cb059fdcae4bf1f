using System.ComponentModel;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Policy;

/// <summary>Has rules of the user's judge, and says what is wrong when that cannot be done.</summary>
/// <param name="engine">The program that evaluates them.</param>
/// <param name="program">Where it is.</param>
/// <param name="timeout">How long it may take.</param>
internal sealed class RegoRun(IRegoEngine engine, string program, TimeSpan timeout)
{
    private const int MostShown = 80;

    private static readonly string[] LookedFor = ["opa", "conftest"];

    /// <summary>The program, as reports name it.</summary>
    public string Name => engine.Name;

    /// <summary>Finds the program.</summary>
    /// <param name="asked">EdgePolicyEngine: a name or a path; empty for the first that is there.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="tools">This machine's tools.</param>
    /// <returns>It.</returns>
    /// <exception cref="EdgeException">It is not there (EDGE5081).</exception>
    public static RegoRun Find(string asked, TimeSpan timeout, IToolLookup tools)
    {
        string[] names = asked.Length == 0 ? LookedFor : [asked];
        string program = names.Select(tools.Find).FirstOrDefault(p => p is not null)
            ?? throw new EdgeException(DiagnosticCodes.NoPolicyEngine, string.Join(" or ", names.Select(n => $"'{n}'")));
        IRegoEngine engine = Path.GetFileName(program).Contains("conftest", StringComparison.OrdinalIgnoreCase) ? new ConftestEngine() : new OpaEngine();
        return new RegoRun(engine, program, timeout);
    }

    /// <summary>Judges a document.</summary>
    /// <param name="policies">The files and folders with the rules.</param>
    /// <param name="inputFile">The document.</param>
    /// <param name="isStrict">Whether what would be a warning is an error.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What the rules say, sorted by package.</returns>
    /// <exception cref="EdgeException">
    /// A rule is not there (EDGE5080) or not Rego (EDGE5082); the program fails (EDGE5083), hangs (EDGE5084) or answers what nobody understands (EDGE5085).
    /// </exception>
    public async Task<IReadOnlyList<PolicyCheck>> JudgeAsync(
        IReadOnlyList<string> policies, string inputFile, bool isStrict, CancellationToken cancellationToken)
    {
        if (policies.FirstOrDefault(p => !Path.Exists(p)) is string missing)
        {
            throw new EdgeException(DiagnosticCodes.PolicyMalformed, missing, "it is not there (EdgePolicyRego)");
        }

        RegoVerdict[] verdicts = Read(await RunAsync(engine.Command(program, policies, inputFile), cancellationToken));
        return [.. verdicts.OrderBy(v => v.Package, StringComparer.Ordinal).SelectMany(v => Checks(v, isStrict))];
    }

    private static IEnumerable<PolicyCheck> Checks(RegoVerdict verdict, bool isStrict)
    {
        yield return Check(verdict.Package + "/deny", DiagnosticCodes.PolicyDenies, PolicyLevel.Error, verdict.Denials);
        if (verdict.Warnings.Count > 0)
        {
            yield return Check(verdict.Package + "/warn", DiagnosticCodes.PolicyWarns, isStrict ? PolicyLevel.Error : PolicyLevel.Warn, verdict.Warnings);
        }
    }

    private static PolicyCheck Check(string rule, string code, PolicyLevel level, IReadOnlyList<string> messages) => new()
    {
        Rule = rule,
        Code = code,
        Level = level,
        Verdict = messages.Count == 0 ? PolicyVerdict.Passed : level == PolicyLevel.Error ? PolicyVerdict.Failed : PolicyVerdict.Warned,
        Breaches = [.. messages.Order(StringComparer.Ordinal).Select(m => new PolicyBreach(m))],
    };

    private async Task<string> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        ProcessResult result;
        try
        {
            result = await ExternalProcess.RunAsync(request, limit.Token);
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.PolicyEngineFailed, program, e.Message);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EdgeException(e, DiagnosticCodes.PolicyEngineHangs, program, (int)timeout.TotalSeconds);
        }

        return result.ExitCode == 0 ? result.Output
            : engine.Complaint(result) is string complaint ? throw new EdgeException(DiagnosticCodes.RegoInvalid, complaint)
            : throw new EdgeException(DiagnosticCodes.PolicyEngineFailed, program, $"exit code {result.ExitCode}: {result.LastErrorLine}");
    }

    private RegoVerdict[] Read(string output)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(output);
            return [.. engine.Read(answer.RootElement)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            string beginning = output.Trim().Split('\n')[0];
            throw new EdgeException(
                e, DiagnosticCodes.PolicyEngineNotUnderstood, program, e.Message, beginning.Length > MostShown ? beginning[..MostShown] + "..." : beginning);
        }
    }
}
