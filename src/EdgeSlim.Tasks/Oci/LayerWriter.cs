using System.Buffers.Binary;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Oci;

/// <summary>Writes a layer so that the same plan always gives the same bytes.</summary>
public static class LayerWriter
{
    // A ustar header holds 100 bytes of name and 155 of folders before it, and eleven octal digits of size.
    private const int UstarNameLength = 100;
    private const long UstarSize = (1L << 33) - 1;

    /// <summary>Writes a layer, compressed as its plan says.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="output">Where the compressed archive goes; it stays open.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="EdgeException">A source file cannot be read, or changed while it was read.</exception>
    public static WrittenLayer Write(LayerPlan plan, Stream output, CancellationToken cancellationToken) =>
        Write(plan, LayerEncoders.For(plan.Compression)[0], output, cancellationToken);

    /// <summary>Writes a layer with some encoder.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="output">Where the compressed archive goes; it stays open.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="EdgeException">A source file cannot be read, or changed while it was read.</exception>
    internal static WrittenLayer Write(
        LayerPlan plan, LayerEncoder encoder, Stream output, CancellationToken cancellationToken)
    {
        using HashingStream compressed = new(output, CancellationToken.None);
        Digest diffId;
        long uncompressedSize;

        using (Stream encoding = encoder(compressed, cancellationToken))
        using (HashingStream archive = new(encoding, cancellationToken))
        {
            WriteArchive(plan, archive, cancellationToken);
            diffId = archive.Finish();
            uncompressedSize = archive.Position;
        }

        Descriptor descriptor = new()
        {
            MediaType = plan.Compression.MediaType(),
            Size = compressed.Position,
            Digest = compressed.Finish(),
        };
        return new WrittenLayer(descriptor, diffId, uncompressedSize);
    }

    /// <summary>Computes the digest of a layer's archive, which takes a fraction of the time that compressing takes.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The digest of the uncompressed archive.</returns>
    /// <exception cref="EdgeException">A source file cannot be read, or changed while it was read.</exception>
    internal static Digest Hash(LayerPlan plan, CancellationToken cancellationToken)
    {
        using HashingStream archive = new(Stream.Null, cancellationToken);
        WriteArchive(plan, archive, cancellationToken);
        return archive.Finish();
    }

    private static void WriteArchive(LayerPlan plan, Stream archive, CancellationToken cancellationToken)
    {
        using TarWriter tar = new(archive, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (LayerEntry entry in plan.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(tar, entry, plan);
        }
    }

    private static void Write(TarWriter tar, LayerEntry entry, LayerPlan plan)
    {
        TarEntry written = Header(entry);
        written.Mode = (UnixFileMode)entry.Mode;
        written.Uid = entry.UserId;
        written.Gid = entry.GroupId;
        written.ModificationTime = plan.Time;
        if (entry.LinkTarget is not null)
        {
            written.LinkName = entry.LinkTarget;
        }

        if (entry.IsFolder || entry.LinkTarget is not null)
        {
            tar.WriteEntry(written);
            return;
        }

        using Stream content = Open(entry);
        if (content.Length != entry.Size)
        {
            throw new EdgeException(
                DiagnosticCodes.PayloadFileMissing,
                entry.Source,
                $"it changed while the image was made, from {entry.Size} to {content.Length} bytes");
        }

        if (plan.HasTimesOfContent)
        {
            written.ModificationTime = TimeOf(content);
        }

        written.DataStream = content;
        tar.WriteEntry(written);
    }

    // Some second of the first decades after 1970: never in the future.
    private static DateTimeOffset TimeOf(Stream content)
    {
        const uint Decades = 1 << 30;
        uint hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(content));
        content.Position = 0;
        return DateTimeOffset.FromUnixTimeSeconds(hash % Decades);
    }

    private static TarEntry Header(LayerEntry entry)
    {
        TarEntryType type = entry.IsFolder ? TarEntryType.Directory
            : entry.LinkTarget is not null ? TarEntryType.SymbolicLink
            : TarEntryType.RegularFile;
        string path = entry.IsFolder ? entry.Path + "/" : entry.Path;

        // ustar where it can hold the entry, since every reader knows it. GNU's long names and sizes otherwise, and not
        // PAX: the framework writes the process id into PAX headers, which differs with every run.
        return Encoding.UTF8.GetByteCount(path) <= UstarNameLength
            && Encoding.UTF8.GetByteCount(entry.LinkTarget ?? "") <= UstarNameLength
            && entry.Size <= UstarSize
            ? new UstarTarEntry(type, path)
            : new GnuTarEntry(type, path);
    }

    private static Stream Open(LayerEntry entry)
    {
        if (entry.Source is null)
        {
            return new MemoryStream(Encoding.UTF8.GetBytes(entry.Text ?? ""));
        }

        try
        {
            return File.OpenRead(entry.Source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.PayloadFileMissing, entry.Source, e.Message);
        }
    }
}
