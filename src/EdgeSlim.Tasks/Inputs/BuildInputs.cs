using System.Security.Cryptography;
using System.Text;

namespace EdgeSlim.Inputs;

/// <summary>
/// All that a build of the image reads, each by a name and a short hash: properties and items of the project, the environment among
/// them, files by their length and time, and the tools of the machine.
/// </summary>
/// <param name="Hashes">The hashes by name, such as <c>property EdgeBase</c> or <c>file /app/Program.cs</c>.</param>
internal sealed record BuildInputs(IReadOnlyDictionary<string, string> Hashes)
{
    /// <summary>Compares them with those of another build.</summary>
    /// <param name="earlier">The other build's.</param>
    /// <returns>The names of those that differ, files first.</returns>
    public IReadOnlyList<string> Differences(BuildInputs earlier) =>
    [
        .. Hashes.Keys.Union(earlier.Hashes.Keys)
            .Where(k => Hashes.GetValueOrDefault(k) != earlier.Hashes.GetValueOrDefault(k))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The hash of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Sixteen hexadecimal digits. A value may be a secret: it is not kept itself.</returns>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);
}
