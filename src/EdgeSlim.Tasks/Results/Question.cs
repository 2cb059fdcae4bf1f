using System.Security.Cryptography;
using System.Text;

namespace EdgeSlim.Results;

/// <summary>
/// What was asked about an image: the options, the tool and all else that the answer depends on. A trial under 512 MiB does not answer
/// for one under 64 MiB.
/// </summary>
/// <param name="Kind">What kind of question it is, such as <c>trial</c>: a part of a file's name.</param>
/// <param name="Hash">A SHA-256 hash of its parts, in hex digits. Parts can be secrets, so they are not kept.</param>
public sealed record Question(string Kind, string Hash)
{
    /// <summary>Makes a question of its parts.</summary>
    /// <param name="kind">What kind of question it is.</param>
    /// <param name="parts">The parts, in an order that does not change.</param>
    /// <returns>The question.</returns>
    public static Question Of(string kind, IEnumerable<string> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
        {
            // With its length, so that no two lists of parts read the same.
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return new Question(kind, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
