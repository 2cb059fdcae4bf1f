using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeSlim.Syscalls;

/// <summary>The system calls of Linux on a processor: their numbers and names, as the kernel's own headers list them.</summary>
public sealed class SyscallTable
{
    private static readonly (string Architecture, string Resource)[] Known = [("amd64", "x64"), ("arm64", "arm64")];

    private readonly FrozenDictionary<long, string> _names;
    private readonly FrozenDictionary<string, long> _numbers;

    private SyscallTable(string architecture, IEnumerable<KeyValuePair<long, string>> names)
    {
        Architecture = architecture;
        _names = names.ToFrozenDictionary();
        _numbers = _names.ToFrozenDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);
    }

    /// <summary>The processor, in the words of the OCI image specification.</summary>
    public string Architecture { get; }

    /// <summary>The table of this machine's processor.</summary>
    public static SyscallTable OfThisMachine => Find(RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64")!;

    /// <summary>Finds the table of a processor.</summary>
    /// <param name="architecture">The processor, in the words of the OCI image specification.</param>
    /// <returns>The table; null where there is none.</returns>
    public static SyscallTable? Find(string architecture) => Known
        .Where(k => k.Architecture == architecture)
        .Select(k => new SyscallTable(architecture, Read(k.Resource)))
        .FirstOrDefault();

    /// <summary>The name of a call.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>Its name; null where the number is of none that was known when this table was made.</returns>
    public string? NameOf(long number) => _names.GetValueOrDefault(number);

    /// <summary>Whether this processor has a call.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it does.</returns>
    public bool Has(string name) => _numbers.ContainsKey(name);

    /// <summary>The number of a call.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its number; null where this processor has none of that name.</returns>
    public long? NumberOf(string name) => _numbers.TryGetValue(name, out long number) ? number : null;

    private static IEnumerable<KeyValuePair<long, string>> Read(string name)
    {
        using Stream stream = typeof(SyscallTable).Assembly.GetManifestResourceStream($"EdgeSlim.Syscalls.{name}.txt")
            ?? throw new InvalidOperationException($"The system calls of {name} are not in the assembly.");
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is string line)
        {
            string[] parts = line.Split(' ');
            yield return new(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
        }
    }
}
