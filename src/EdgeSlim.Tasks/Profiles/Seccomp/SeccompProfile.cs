using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Profiles.Seccomp;

/// <summary>
/// A seccomp profile, of the form that Docker, podman, containerd and the OCI runtime specification share (config-linux.md,
/// "Seccomp").
/// </summary>
public sealed record SeccompProfile
{
    /// <summary>What comes of a call that no rule names.</summary>
    public required string DefaultAction { get; init; }

    /// <summary>The error number that it gets.</summary>
    public required int DefaultErrnoRet { get; init; }

    /// <summary>The processor, and those whose programs it runs too.</summary>
    public required IReadOnlyList<string> Architectures { get; init; }

    /// <summary>The rules.</summary>
    public required IReadOnlyList<SeccompRule> Syscalls { get; init; }

    /// <summary>The names of all calls that are allowed, sorted.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Allowed =>
        [.. Syscalls.Where(r => r.Action == SeccompRule.Allow).SelectMany(r => r.Names).Order(StringComparer.Ordinal)];

    /// <summary>Its text: for the same calls the same bytes.</summary>
    /// <returns>The text.</returns>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, SeccompJson.Documents.SeccompProfile), (byte)'\n'];
}

/// <summary>A rule of a profile.</summary>
public sealed record SeccompRule
{
    /// <summary>The action that lets a call pass.</summary>
    public const string Allow = "SCMP_ACT_ALLOW";

    /// <summary>The action that gives a call an error number.</summary>
    public const string Error = "SCMP_ACT_ERRNO";

    /// <summary>The calls, sorted.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What comes of them.</summary>
    public required string Action { get; init; }

    /// <summary>The error number that they get; null where they get none.</summary>
    public int? ErrnoRet { get; init; }

    /// <summary>What their arguments have to be; null for anything.</summary>
    public IReadOnlyList<SeccompArgument>? Args { get; init; }
}

/// <summary>What an argument has to be.</summary>
/// <param name="Index">Which, from zero.</param>
/// <param name="Value">For a masked comparison, the mask.</param>
/// <param name="ValueTwo">For a masked comparison, what has to be left of it.</param>
/// <param name="Op">The comparison.</param>
public sealed record SeccompArgument(int Index, ulong Value, ulong ValueTwo, string Op);

/// <summary>How profiles are written.</summary>
[JsonSerializable(typeof(SeccompProfile))]
internal sealed partial class SeccompJson : JsonSerializerContext
{
    public static SeccompJson Documents { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    });
}
