using EdgeSlim.Diagnostics;
using ZstdSharp;

namespace EdgeSlim.Oci;

/// <summary>Writes a layer and reads it back, with another program's decoder, before anybody gets to see it.</summary>
internal static class VerifiedLayer
{
    /// <summary>Writes a layer with the first encoder whose work can be read back.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="encoders">The encoders, the preferred one first.</param>
    /// <param name="file">Where the layer goes; what was there before is dropped.</param>
    /// <param name="diagnostics">Where to say that an encoder failed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InvalidOperationException">No encoder's work can be read back.</exception>
    public static WrittenLayer Write(
        LayerPlan plan,
        IEnumerable<LayerEncoder> encoders,
        Stream file,
        IDiagnosticSink? diagnostics,
        CancellationToken cancellationToken)
    {
        foreach (LayerEncoder encoder in encoders)
        {
            file.SetLength(0);
            WrittenLayer layer = LayerWriter.Write(plan, encoder, file, cancellationToken);
            if (IsReadBack(file, layer, cancellationToken))
            {
                return layer;
            }

            diagnostics?.Detail($"The layer '{plan.Name}' did not come back as it was written, and is compressed again.");
        }

        throw new InvalidOperationException($"The layer '{plan.Name}' does not come back as it was written.");
    }

    private static bool IsReadBack(Stream file, WrittenLayer layer, CancellationToken cancellationToken)
    {
        file.Position = 0;
        using HashingStream archive = new(Stream.Null, cancellationToken);
        try
        {
            using Stream content = LayerContent.Decompress(file, layer.Descriptor.MediaType, leaveOpen: true);
            content.CopyTo(archive);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdException)
        {
            return false;
        }

        return archive.Finish() == layer.DiffId;
    }
}
