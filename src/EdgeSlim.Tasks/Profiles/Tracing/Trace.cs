namespace EdgeSlim.Profiles.Tracing;

/// <summary>What a tracer saw of a container, each sorted.</summary>
public sealed record Trace
{
    /// <summary>The tracer.</summary>
    public required string Tracer { get; init; }

    /// <summary>The system calls of the OCI runtime, before it became the application.</summary>
    public required IReadOnlyList<string> RuntimeSyscalls { get; init; }

    /// <summary>The system calls of the application and of the programs that it started.</summary>
    public required IReadOnlyList<string> Syscalls { get; init; }

    /// <summary>The system calls of both that a filter kept from the kernel; null where the tracer cannot tell.</summary>
    public IReadOnlyList<string>? Refused { get; init; }

    /// <summary>The files that were opened, by the names that were asked for.</summary>
    public required IReadOnlyList<string> Opened { get; init; }

    /// <summary>The files that were looked for and are there, and were not opened.</summary>
    public required IReadOnlyList<string> Seen { get; init; }

    /// <summary>The programs that were executed, the application being the first of them.</summary>
    public required IReadOnlyList<string> Programs { get; init; }

    /// <summary>The addresses that were connected to.</summary>
    public required IReadOnlyList<string> Connections { get; init; }

    /// <summary>The addresses that were bound, to listen there or to be answered there.</summary>
    public required IReadOnlyList<string> Bound { get; init; }
}
