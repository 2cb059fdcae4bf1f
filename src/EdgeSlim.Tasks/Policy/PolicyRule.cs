using EdgeSlim.Diagnostics;

namespace EdgeSlim.Policy;

/// <summary>A rule that is built in.</summary>
/// <param name="Name">What it is called in <c>edge.policy.json</c>.</param>
/// <param name="Code">The code under which a breach is said.</param>
/// <param name="Level">What comes of a breach where nobody says.</param>
public sealed record PolicyRule(string Name, string Code, PolicyLevel Level)
{
    /// <summary>The base comes from a source that is allowed.</summary>
    public static PolicyRule BaseSource { get; } = new("base-source", DiagnosticCodes.PolicyBaseSource, PolicyLevel.Error);

    /// <summary>The base is named by its digest, or locked.</summary>
    public static PolicyRule BaseDigest { get; } = new("base-digest", DiagnosticCodes.PolicyBaseDigest, PolicyLevel.Off);

    /// <summary>The image does not run as root.</summary>
    public static PolicyRule RootUser { get; } = new("root-user", DiagnosticCodes.PolicyRootUser, PolicyLevel.Warn);

    /// <summary>There is no SSH server.</summary>
    public static PolicyRule SshServer { get; } = new("ssh-server", DiagnosticCodes.PolicySshServer, PolicyLevel.Error);

    /// <summary>There is no shell.</summary>
    public static PolicyRule Shell { get; } = new("shell", DiagnosticCodes.PolicyShell, PolicyLevel.Warn);

    /// <summary>There is no package manager.</summary>
    public static PolicyRule PackageManager { get; } = new("package-manager", DiagnosticCodes.PolicyPackageManager, PolicyLevel.Warn);

    /// <summary>No file gives its owner's rights to whoever starts it.</summary>
    public static PolicyRule SetUserId { get; } = new("setuid", DiagnosticCodes.PolicySetUserId, PolicyLevel.Warn);

    /// <summary>Nothing but the temporary folders may be written by everybody.</summary>
    public static PolicyRule WorldWritable { get; } = new("world-writable", DiagnosticCodes.PolicyWorldWritable, PolicyLevel.Warn);

    /// <summary>There are no secrets.</summary>
    public static PolicyRule Secret { get; } = new("secret", DiagnosticCodes.PolicySecret, PolicyLevel.Error);

    /// <summary>There is no compiler and no debugger.</summary>
    public static PolicyRule Compiler { get; } = new("compiler", DiagnosticCodes.PolicyCompiler, PolicyLevel.Warn);

    /// <summary>There are no debug symbols.</summary>
    public static PolicyRule DebugSymbols { get; } = new("debug-symbols", DiagnosticCodes.PolicyDebugSymbols, PolicyLevel.Warn);

    /// <summary>No port that only root may open is exposed.</summary>
    public static PolicyRule LowPort { get; } = new("low-port", DiagnosticCodes.PolicyLowPort, PolicyLevel.Warn);

    /// <summary>The image has no more bytes than <c>maxBytes</c>.</summary>
    public static PolicyRule Size { get; } = new("size", DiagnosticCodes.PolicySize, PolicyLevel.Error);

    /// <summary>The image has the <c>requiredLabels</c>.</summary>
    public static PolicyRule Label { get; } = new("label", DiagnosticCodes.PolicyLabel, PolicyLevel.Error);

    /// <summary>No critical vulnerability is known.</summary>
    public static PolicyRule CriticalFinding { get; } = new("critical-finding", DiagnosticCodes.PolicyCriticalFinding, PolicyLevel.Off);

    /// <summary>All rules, in the order in which they are said.</summary>
    public static IReadOnlyList<PolicyRule> All { get; } =
    [
        BaseSource, BaseDigest, RootUser, SshServer, Shell, PackageManager, SetUserId, WorldWritable, Secret, Compiler, DebugSymbols,
        LowPort, Size, Label, CriticalFinding,
    ];

    /// <summary>Their names, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(r => r.Name));
}
