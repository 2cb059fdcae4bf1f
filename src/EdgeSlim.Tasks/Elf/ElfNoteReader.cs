namespace EdgeSlim.Elf;

/// <summary>Reads the notes of a file (System V ABI, "Note Section").</summary>
internal static class ElfNoteReader
{
    private const uint SegmentNote = 4;
    private const uint NoteGnuBuildId = 3;

    /// <summary>The GNU build-id in lower-case hex; null where there is none.</summary>
    public static string? BuildId(ElfInput input, ElfHeaders headers)
    {
        foreach (ElfSegment segment in headers.Segments.Where(s => s.Type == SegmentNote))
        {
            byte[] notes = input.Block(segment.Offset, segment.Size);
            for (int at = 0; at + 12 <= notes.Length;)
            {
                long nameSize = ElfInput.U32(notes, at);
                long contentSize = ElfInput.U32(notes, at + 4);
                long content = at + 12 + Align(nameSize);
                long next = content + Align(contentSize);
                if (content + contentSize > notes.Length)
                {
                    throw input.Invalid("a note reaches beyond its segment");
                }

                if (ElfInput.U32(notes, at + 8) == NoteGnuBuildId
                    && nameSize == 4 && notes.AsSpan(at + 12, 4).SequenceEqual("GNU\0"u8))
                {
                    return Convert.ToHexStringLower(notes.AsSpan((int)content, (int)contentSize));
                }

                at = (int)Math.Min(next, notes.Length);
            }
        }

        return null;
    }

    private static long Align(long size) => (size + 3) & ~3L;
}
