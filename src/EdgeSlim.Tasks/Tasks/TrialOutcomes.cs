namespace EdgeSlim.Tasks;

/// <summary>The words in which the tasks of a trial tell the targets how it went.</summary>
internal static class TrialOutcomes
{
    public const string Passed = "passed";
    public const string Suspect = "suspect";
    public const string Known = "known";
    public const string Untried = "untried";
    public const string Failed = "failed";

    public const string Proven = "proven";
    public const string Next = "next";
    public const string Blocked = "blocked";
    public const string NotProven = "notproven";
}
