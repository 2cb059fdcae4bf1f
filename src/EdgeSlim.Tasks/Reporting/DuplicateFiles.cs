using System.Security.Cryptography;
using EdgeSlim.Composition;
using EdgeSlim.Reporting.Advice;

namespace EdgeSlim.Reporting;

/// <summary>Finds files of the application with the same content.</summary>
internal static class DuplicateFiles
{
    /// <summary>Finds them.</summary>
    /// <param name="plan">The plan of the image.</param>
    /// <returns>The files that are there more than once.</returns>
    public static IReadOnlyList<SameFiles> Find(ImagePlan plan) =>
    [
        .. plan.Layers
            .Where(l => !l.IsOfBase)
            .SelectMany(l => l.Entries)
            .Where(e => e is { Size: > 0, Source: not null } && File.Exists(e.Source))
            .GroupBy(e => e.Size)
            .Where(g => g.Count() > 1)
            .SelectMany(g => g.GroupBy(e => Hash(e.Source!)))
            .Where(g => g.Count() > 1)
            .Select(g => new SameFiles([.. g.Select(e => e.Path)], g.First().Size)),
    ];

    private static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
