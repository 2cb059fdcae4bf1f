using System.Security.Cryptography;
using System.Text;
using EdgeSlim.Bases.Icu;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Bases.Slicing;

/// <summary>
/// Makes of ICU's data those that .NET asks for, in the cultures that the user names: most of a slice with ICU are data that
/// nobody reads.
/// </summary>
/// <param name="folder">Where it keeps what it made, by what it was made of.</param>
/// <param name="cultures">The cultures, as .NET names them; none for all.</param>
/// <param name="diagnostics">Where to say that data stay as they are.</param>
public sealed class IcuDataFilter(string folder, IReadOnlyList<string> cultures, IDiagnosticSink diagnostics)
{
    private const string Version = "1";

    /// <summary>Whether a file has ICU's data, by its name: the library, or what ICU reads in the place of one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsData(string path)
    {
        string name = Path.GetFileName(path);
        return name.StartsWith("libicudata.so", StringComparison.Ordinal)
            || (name.StartsWith("icudt", StringComparison.Ordinal) && name.EndsWith(".dat", StringComparison.Ordinal));
    }

    /// <summary>Makes the smaller file.</summary>
    /// <param name="path">The path of the data in the image.</param>
    /// <param name="content">The data, or the library that has them.</param>
    /// <returns>Where the smaller file is; null where the data are of no known form, and stay as they are.</returns>
    /// <exception cref="EdgeException">ICU has no such culture (EDGE1020), or the folder cannot be written (EDGE3010).</exception>
    public string? Filter(string path, byte[] content)
    {
        string kept = Path.Combine(folder, "icu", NameOf(content));
        if (File.Exists(kept))
        {
            return kept;
        }

        try
        {
            Keep(kept, Smaller(Path.GetFileName(path), content));
            return kept;
        }
        catch (InvalidDataException e)
        {
            diagnostics.Information($"The data of ICU in {path} are taken as they are: {e.Message}.");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, kept, e.Message);
        }
    }

    private byte[] Smaller(string name, byte[] content)
    {
        if (name.EndsWith(".dat", StringComparison.Ordinal))
        {
            return IcuSelection.Select(IcuDataPackage.Parse(content), cultures).ToBytes();
        }

        IcuDataPackage package = IcuObject.Find(content, name) ?? throw new InvalidDataException("there are none in it");
        using MemoryStream stream = new(content, writable: false);
        string soName = ElfReader.TryOpen(stream, name)?.ReadDynamic()?.SoName
            ?? throw new InvalidDataException("the library has no name of its own");
        return ElfDataLibrary.Write(content, soName, package.Symbol, IcuSelection.Select(package, cultures).ToBytes());
    }

    private string NameOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(
        [.. SHA256.HashData(content), .. Encoding.UTF8.GetBytes($"{Version} {string.Join(' ', cultures)}")]));

    private static void Keep(string path, byte[] content)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        foreach (FileInfo old in folder.GetFiles())
        {
            old.Delete();
        }

        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
