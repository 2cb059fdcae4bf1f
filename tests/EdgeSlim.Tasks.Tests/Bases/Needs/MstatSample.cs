using System.IO.Compression;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Tests.Bases.Needs;

/// <summary>A real account of the AOT compiler: tests/assets/README.md says of what.</summary>
internal static class MstatSample
{
    public static byte[] Read()
    {
        string path = Path.Combine(Repository.Root, "tests/assets/user-name.mstat.br");
        using var content = new MemoryStream();
        using var packed = new BrotliStream(File.OpenRead(path), CompressionMode.Decompress);
        packed.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>An account of some methods, and of others that were asked for and are not among them.</summary>
    public static Mstat Of(IReadOnlyList<MethodName> methods, params MethodName[] missing) => new(
        AskedMethods.Of([]).Concat(methods.Concat(missing).Select(m => m.Method)).ToHashSet(),
        methods
            .GroupBy(m => new TypeName(m.Assembly, m.Type))
            .ToDictionary(g => g.Key, g => g.Select(m => m.Method).ToHashSet()));
}
