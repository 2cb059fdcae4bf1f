using EdgeSlim.Diagnostics;

namespace EdgeSlim.Policy;

/// <summary>Says what breaks rules: each rule once, however many files break it.</summary>
public static class PolicyReporter
{
    private const int Named = 5;

    /// <summary>Says it.</summary>
    /// <param name="checks">How the image stands to the rules.</param>
    /// <param name="diagnostics">Where to.</param>
    public static void Report(IEnumerable<PolicyCheck> checks, IDiagnosticSink diagnostics)
    {
        foreach (PolicyCheck check in checks)
        {
            foreach (PolicyBreach exempted in check.Breaches.Where(b => b.Exempted is not null))
            {
                diagnostics.Information($"Let pass: {check.Rule}: {Of(exempted)}: {exempted.Exempted}");
            }

            if (check.Verdict != PolicyVerdict.Passed)
            {
                diagnostics.Report(new Diagnostic(
                    check.Verdict == PolicyVerdict.Failed ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                    check.Code,
                    Messages.Format(check.Code, Subjects(check), check.Rule)));
            }
        }
    }

    /// <summary>What breaks a rule, in words.</summary>
    /// <param name="check">How the image stands to it.</param>
    /// <returns>The words.</returns>
    public static string Subjects(PolicyCheck check)
    {
        PolicyBreach[] breaches = [.. check.Breaches.Where(b => b.Exempted is null)];
        string named = string.Join(", ", breaches.Take(Named).Select(Of));
        return breaches.Length > Named ? $"{named} and {breaches.Length - Named} more" : named;
    }

    private static string Of(PolicyBreach breach) => breach.Seen is null ? breach.Subject : $"{breach.Subject} ({breach.Seen})";
}
