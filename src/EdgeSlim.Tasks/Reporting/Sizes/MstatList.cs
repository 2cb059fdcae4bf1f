using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>A list of a <c>.mstat</c> file: the body of a method, which only loads tokens, texts and numbers.</summary>
internal ref struct MstatList
{
    private BlobReader _body;

    public MstatList(BlobReader body) => _body = body;

    /// <summary>Whether there is a further entry.</summary>
    public bool HasMore => _body.RemainingBytes > 0 && Peek() != ILOpCode.Ret;

    /// <summary>Whether a token comes next.</summary>
    public bool IsToken => _body.RemainingBytes > 0 && Peek() == ILOpCode.Ldtoken;

    /// <exception cref="BadImageFormatException">Something else comes next.</exception>
    public EntityHandle Token()
    {
        Require(ILOpCode.Ldtoken);
        return MetadataTokens.EntityHandle(_body.ReadInt32());
    }

    /// <exception cref="BadImageFormatException">Something else comes next.</exception>
    public UserStringHandle Text()
    {
        Require(ILOpCode.Ldstr);
        return MetadataTokens.UserStringHandle(_body.ReadInt32() & 0xFF_FFFF);
    }

    /// <exception cref="BadImageFormatException">Something else comes next.</exception>
    public int Number()
    {
        ILOpCode code = (ILOpCode)_body.ReadByte();
        return code switch
        {
            ILOpCode.Ldc_i4 => _body.ReadInt32(),
            ILOpCode.Ldc_i4_s => _body.ReadSByte(),
            >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8 => code - ILOpCode.Ldc_i4_0,
            _ => throw new BadImageFormatException($"There is an instruction {code} in a list."),
        };
    }

    /// <summary>A number of bytes.</summary>
    /// <exception cref="BadImageFormatException">Something else comes next.</exception>
    public int Bytes()
    {
        int bytes = Number();
        return bytes >= 0 ? bytes : throw new BadImageFormatException($"Something has {bytes} bytes.");
    }

    private ILOpCode Peek()
    {
        BlobReader ahead = _body;
        return (ILOpCode)ahead.ReadByte();
    }

    private void Require(ILOpCode code)
    {
        if ((ILOpCode)_body.ReadByte() != code)
        {
            throw new BadImageFormatException($"A list does not go on with {code}.");
        }
    }
}
