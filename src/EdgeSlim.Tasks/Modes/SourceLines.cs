using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>Where the instructions of an assembly come from, as its portable PDB says.</summary>
internal sealed class SourceLines : IDisposable
{
    private readonly MetadataReaderProvider? _provider;
    private readonly MetadataReader? _symbols;

    public SourceLines(PEReader image, string path)
    {
        try
        {
            if (image.TryOpenAssociatedPortablePdb(path, Open, out _provider, out _))
            {
                _symbols = _provider?.GetMetadataReader();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || AssemblyImage.IsDamage(e))
        {
            // Without it places have no lines.
        }
    }

    /// <summary>The source of an instruction; nothing where it is not known.</summary>
    public (string? File, int? Line) Of(MethodDefinitionHandle method, int offset)
    {
        if (_symbols is null)
        {
            return (null, null);
        }

        try
        {
            SequencePoint? last = null;
            foreach (SequencePoint point in _symbols.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints())
            {
                if (point.Offset > offset && last is not null)
                {
                    break;
                }

                last = point.IsHidden ? last : point;
            }

            return last is { } found
                ? (_symbols.GetString(_symbols.GetDocument(found.Document).Name), found.StartLine)
                : (null, null);
        }
        catch (Exception e) when (AssemblyImage.IsDamage(e))
        {
            return (null, null);
        }
    }

    public void Dispose() => _provider?.Dispose();

    private static FileStream? Open(string path) => File.Exists(path) ? File.OpenRead(path) : null;
}
