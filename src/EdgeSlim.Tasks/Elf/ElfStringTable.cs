using System.Text;

namespace EdgeSlim.Elf;

/// <summary>A table of names, each ended by a NUL (System V ABI, "String Table").</summary>
internal sealed class ElfStringTable(ElfInput input, byte[] content)
{
    public string this[long offset]
    {
        get
        {
            int length = offset >= 0 && offset < content.Length ? content.AsSpan((int)offset).IndexOf((byte)0) : -1;
            if (length < 0)
            {
                throw input.Invalid($"there is no name at {offset} of a table of {content.Length} bytes");
            }

            // One long name can stand behind a hundred thousand symbols.
            input.Charge(length);
            return Encoding.UTF8.GetString(content, (int)offset, length);
        }
    }
}
