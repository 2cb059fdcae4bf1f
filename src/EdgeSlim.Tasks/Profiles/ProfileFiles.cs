namespace EdgeSlim.Profiles;

/// <summary>The names of the files that are left of a profile.</summary>
public static class ProfileFiles
{
    /// <summary>The seccomp profile.</summary>
    public const string Seccomp = "seccomp.json";

    /// <summary>What was learned.</summary>
    public const string Result = "profile.json";

    /// <summary>How it went, for CI services.</summary>
    public const string JUnit = "profile.junit.xml";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Seccomp, Result, JUnit];
}
