using EdgeSlim.Processes;

namespace EdgeSlim.Delivery.Signing;

/// <summary>A tool that signs what is in a registry, by its command line.</summary>
internal interface ISigner
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>How it is told to sign.</summary>
    /// <param name="program">Its program.</param>
    /// <param name="target">What it signs.</param>
    /// <returns>The command.</returns>
    ProcessRequest Sign(string program, SigningTarget target);

    /// <summary>How it is asked whether a signature holds.</summary>
    /// <param name="program">Its program.</param>
    /// <param name="target">What was signed.</param>
    /// <returns>The command.</returns>
    ProcessRequest Verify(string program, SigningTarget target);
}

/// <summary>Something to sign.</summary>
/// <param name="Reference">Its name, by digest.</param>
/// <param name="IsPlain">Whether its registry is spoken to without TLS.</param>
/// <param name="Settings">With what.</param>
internal sealed record SigningTarget(string Reference, bool IsPlain, SigningSettings Settings);
