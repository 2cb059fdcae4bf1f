using EdgeSlim.Oci;

namespace EdgeSlim.Profiles;

/// <summary>What a trial showed that an image touches: <c>profile.json</c>.</summary>
public sealed record ProfileResult
{
    /// <summary>The digest of the image's manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The tracer: bpftrace or strace.</summary>
    public required string Tracer { get; init; }

    /// <summary>The profile.</summary>
    public required ProfiledSeccomp Seccomp { get; init; }

    /// <summary>The system calls that the application made, sorted.</summary>
    public required IReadOnlyList<string> Syscalls { get; init; }

    /// <summary>The system calls that the OCI runtime made when the profile already held, sorted.</summary>
    public required IReadOnlyList<string> RuntimeSyscalls { get; init; }

    /// <summary>The system calls that are allowed although they were not seen, sorted.</summary>
    public required IReadOnlyList<string> StandingSyscalls { get; init; }

    /// <summary>The files that were opened, by the names that were asked for, sorted.</summary>
    public required IReadOnlyList<string> Opened { get; init; }

    /// <summary>The programs that were executed, sorted.</summary>
    public required IReadOnlyList<string> Programs { get; init; }

    /// <summary>The addresses that were connected to, sorted.</summary>
    public required IReadOnlyList<string> Connections { get; init; }

    /// <summary>The addresses that were bound, sorted.</summary>
    public required IReadOnlyList<string> Bound { get; init; }

    /// <summary>The files of the image that were never opened, the largest first.</summary>
    public required IReadOnlyList<UnopenedFile> Unopened { get; init; }
}

/// <summary>A seccomp profile that an image was run under.</summary>
/// <param name="File">Its file, beside this document.</param>
/// <param name="Digest">The digest of the file.</param>
/// <param name="Syscalls">How many system calls it allows.</param>
public sealed record ProfiledSeccomp(string File, Digest Digest, int Syscalls);
