using EdgeSlim.Bases.Icu;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="IcuArchive"/> and <see cref="IcuSelection"/>: writes an assembler source with the data.</summary>
public sealed class FilterIcuData : EdgeTask
{
    /// <summary>ICU's static library with the data.</summary>
    [Required]
    public string Archive { get; set; } = "";

    /// <summary>EdgeCultures: names between semicolons; empty for all.</summary>
    public string Cultures { get; set; } = "";

    /// <summary>Where to write the data to.</summary>
    [Required]
    public string DataFile { get; set; } = "";

    /// <summary>Where to write the assembler source to.</summary>
    [Required]
    public string SourceFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        byte[] archive = await File.ReadAllBytesAsync(Archive, cancellationToken);
        IcuDataPackage selected;
        try
        {
            IcuDataPackage all = IcuArchive.Read(archive, Archive);
            selected = IcuSelection.Select(all, Cultures.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            Diagnostics.Detail($"ICU's data: {selected.Items.Count} of {all.Items.Count} items are linked in.");
        }
        catch (InvalidDataException e)
        {
            throw new EdgeException(e, DiagnosticCodes.IcuDataUnreadable, Archive, e.Message);
        }

        await StageFile.WriteAsync(DataFile, selected.ToBytes(), cancellationToken);
        await StageFile.WriteAsync(
            SourceFile,
            [
                """.section .rodata, "a", %progbits""",
                ".balign 16",
                $".globl {selected.Symbol}",
                $".type {selected.Symbol}, %object",
                $"{selected.Symbol}:",
                $".incbin \"{Path.GetFileName(DataFile)}\"",
                $".size {selected.Symbol}, . - {selected.Symbol}",
                """.section .note.GNU-stack, "", %progbits""",
            ],
            cancellationToken);
    }
}
