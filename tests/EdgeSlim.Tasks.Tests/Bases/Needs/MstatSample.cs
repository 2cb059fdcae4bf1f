using System.IO.Compression;

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
}
