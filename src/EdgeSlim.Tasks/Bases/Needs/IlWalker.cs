using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EdgeSlim.Bases.Needs;

/// <summary>Goes through the instructions of a method body (ECMA-335 III) from call to call.</summary>
internal ref struct IlWalker
{
    private const int TwoBytes = 0xFE;
    private const int NoConstant = int.MinValue;

    // Tokens of user strings; 0 is none.
    private readonly List<int> _texts = [];
    private BlobReader _body;
    private int _text;
    private int _textAge;
    private int _constant;

    public IlWalker(BlobReader body)
    {
        _body = body;
        _constant = NoConstant;
    }

    /// <summary>The token of the method that is called: a definition, a reference or an instance of a generic one.</summary>
    public int Method { get; private set; }

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
                ILOpCode code = ahead.ReadOpCode();
                if (code == ILOpCode.Brfalse)
                {
                    int distance = ahead._body.ReadInt32();
                    return ahead._body.Offset + distance;
                }

                if (code == ILOpCode.Brfalse_s)
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
    public readonly UserStringHandle? Text => _text == 0 || _textAge > 1 ? null : Handle(_text);

    /// <summary>All text constants that were loaded up to the call.</summary>
    public readonly IEnumerable<UserStringHandle> Texts => _texts.Select(Handle);

    /// <summary>Goes to the next call.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="BadImageFormatException">The body is damaged.</exception>
    public bool MoveNext()
    {
        // What was loaded before a call is not an argument of the next one.
        if (Method != 0)
        {
            Method = 0;
            _text = 0;
            _constant = NoConstant;
        }

        while (_body.RemainingBytes > 0)
        {
            ILOpCode code = ReadOpCode();
            if (code is ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj or ILOpCode.Jmp or ILOpCode.Ldftn or ILOpCode.Ldvirtftn)
            {
                Method = _body.ReadInt32();
                return true;
            }

            if (code == ILOpCode.Ldstr)
            {
                _text = _body.ReadInt32();
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
    private static bool IsPassedThrough(ILOpCode code) => code
        is ILOpCode.Nop or ILOpCode.Stloc_s or ILOpCode.Ldloc_s
        or (>= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3) or (>= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3);

    private static UserStringHandle Handle(int token) => MetadataTokens.UserStringHandle(token & 0xFF_FFFF);

    private ILOpCode ReadOpCode()
    {
        int value = _body.ReadByte();
        return (ILOpCode)(value == TwoBytes ? (TwoBytes << 8) | _body.ReadByte() : value);
    }

    private int ReadConstant(ILOpCode code)
    {
        switch (code)
        {
            case >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8:
                return code - ILOpCode.Ldc_i4_0;
            case ILOpCode.Ldc_i4_s:
                return _body.ReadSByte();
            case ILOpCode.Ldc_i4:
                return _body.ReadInt32();
            case ILOpCode.Switch:
                Skip(4L * _body.ReadUInt32());
                return NoConstant;
            default:
                Skip(IlOperands.SizeOf(code));
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
