using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class IlOperandsTests
{
    // Prefixes of two-byte instructions and what is reserved; no compiler writes them.
    private static readonly Dictionary<int, OpCode> Known = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .Where(o => o.OpCodeType != OpCodeType.Nternal)
        .ToDictionary(o => (int)(ushort)o.Value);

    [TestMethod]
    public void Each_instruction_has_the_size_that_the_runtime_library_knows()
    {
        Assert.IsGreaterThan(200, Known.Count);
        foreach (OpCode code in Known.Values)
        {
            Assert.AreEqual(Size(code.OperandType), IlOperands.SizeOf((ILOpCode)(ushort)code.Value), code.Name);
        }
    }

    [TestMethod]
    public void What_is_no_instruction_is_damage()
    {
        foreach (int value in Enumerable.Range(0, 0x100).Concat(Enumerable.Range(0xFE00, 0x100)).Where(v => !Known.ContainsKey(v)))
        {
            Assert.ThrowsExactly<BadImageFormatException>(() => IlOperands.SizeOf((ILOpCode)value), $"{value:x}");
        }
    }

    private static int Size(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
