using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EdgeSlim.Bases.Needs;

/// <summary>Goes through the instructions of a method body (ECMA-335 III) from call to call.</summary>
internal ref struct IlWalker
{
    private const int TwoBytes = 0xFE;
    private const int NoConstant = int.MinValue;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => (int)(ushort)o.Value);

    private readonly List<UserStringHandle> _texts = [];
    private BlobReader _body;
    private UserStringHandle _text;
    private int _textAge;
    private int _constant;

    public IlWalker(BlobReader body)
    {
        _body = body;
        _constant = NoConstant;
    }

    /// <summary>The method that is called: a definition, a reference or an instance of a generic one.</summary>
    public EntityHandle Method { get; private set; }

    /// <summary>How many bytes of the body are behind, the call included.</summary>
    public readonly int Offset => _body.Offset;

    /// <summary>Where it goes on when the call gives false and that is all that is asked of it; null for anything else.</summary>
    public readonly int? TargetWhenFalse
    {
        get
        {
            IlWalker ahead = this;
            while (ahead._body.RemainingBytes > 0)
            {
                OpCode code = ahead.ReadOpCode();
                if (code == OpCodes.Brfalse)
                {
                    int distance = ahead._body.ReadInt32();
                    return ahead._body.Offset + distance;
                }

                if (code == OpCodes.Brfalse_S)
                {
                    int distance = ahead._body.ReadSByte();
                    return ahead._body.Offset + distance;
                }

                if (!IsPassedThrough(code))
                {
                    return null;
                }

                ahead.ReadConstant(code);
            }

            return null;
        }
    }

    /// <summary>The number that was loaded just before the call, if one was.</summary>
    public readonly int? Constant => _constant == NoConstant ? null : _constant;

    /// <summary>The text constant that was loaded last, if at most one other value was loaded after it.</summary>
    public readonly UserStringHandle? Text => _text.IsNil || _textAge > 1 ? null : _text;

    /// <summary>All text constants that were loaded up to the call.</summary>
    public readonly IReadOnlyList<UserStringHandle> Texts => _texts;

    /// <summary>Goes to the next call.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="BadImageFormatException">The body is damaged.</exception>
    public bool MoveNext()
    {
        // What was loaded before a call is not an argument of the next one.
        if (!Method.IsNil)
        {
            Method = default;
            _text = default;
            _constant = NoConstant;
        }

        while (_body.RemainingBytes > 0)
        {
            OpCode code = ReadOpCode();
            if (code.OperandType == OperandType.InlineMethod)
            {
                Method = (EntityHandle)MetadataTokens.Handle(_body.ReadInt32());
                return true;
            }

            if (code.OperandType == OperandType.InlineString)
            {
                _text = MetadataTokens.UserStringHandle(_body.ReadInt32() & 0xFF_FFFF);
                _texts.Add(_text);
                _textAge = 0;
                _constant = NoConstant;
                continue;
            }

            _textAge++;
            _constant = ReadConstant(code);
        }

        return false;
    }

    // Without optimization the compiler puts what a condition asks into a variable first.
    private static bool IsPassedThrough(OpCode code) => code == OpCodes.Nop
        || code.Name is "stloc.s" or "ldloc.s" or "stloc.0" or "stloc.1" or "stloc.2" or "stloc.3" or "ldloc.0" or "ldloc.1" or "ldloc.2" or "ldloc.3";

    private OpCode ReadOpCode()
    {
        int value = _body.ReadByte();
        value = value == TwoBytes ? (TwoBytes << 8) | _body.ReadByte() : value;
        return OpCodesByValue.TryGetValue(value, out OpCode code)
            ? code
            : throw new BadImageFormatException($"There is no instruction 0x{value:x}.");
    }

    private int ReadConstant(OpCode code)
    {
        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                int number = code.Value - OpCodes.Ldc_I4_0.Value;
                return number is >= -1 and <= 8 ? number : NoConstant;
            case OperandType.ShortInlineI:
                int small = _body.ReadSByte();
                return code == OpCodes.Ldc_I4_S ? small : NoConstant;
            case OperandType.InlineI:
                return _body.ReadInt32();
            case OperandType.InlineSwitch:
                long targets = _body.ReadUInt32();
                Skip(4 * targets);
                return NoConstant;
            case OperandType.InlineI8 or OperandType.InlineR:
                Skip(8);
                return NoConstant;
            case OperandType.InlineVar:
                Skip(2);
                return NoConstant;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar:
                Skip(1);
                return NoConstant;
            default:
                Skip(4);
                return NoConstant;
        }
    }

    private void Skip(long bytes)
    {
        if (bytes > _body.RemainingBytes)
        {
            throw new BadImageFormatException("An instruction reaches beyond its method.");
        }

        _body.Offset += (int)bytes;
    }
}
