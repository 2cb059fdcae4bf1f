namespace EdgeSlim.Oci.Deflate;

/// <summary>One step through the input: a literal, or a match with what came before. Packed, for there are millions.</summary>
/// <param name="packed">Length in the low nine bits, then five bits of distance slot, then the distance less one.</param>
internal readonly struct Step(uint packed)
{
    public const uint LengthMask = 0x1FF;
    public const int SlotShift = 9;
    public const uint SlotMask = 0x1F;
    public const uint Literal = 1;
    private const int DistanceShift = 14;

    public int Length => (int)(packed & LengthMask);

    public bool IsLiteral => packed == Literal;

    public int DistanceSlot => (int)((packed >> SlotShift) & SlotMask);

    public int Distance => (int)(packed >> DistanceShift) + 1;

    public static uint PackMatch(int length, int distance) =>
        (uint)length
        | ((uint)DeflateFormat.DistanceSlot(distance) << SlotShift)
        | ((uint)(distance - 1) << DistanceShift);
}
