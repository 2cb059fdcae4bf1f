using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>An instruction of a method (ECMA-335 III).</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">A token, a number, or the offset that it branches to.</param>
/// <param name="Targets">Where a switch goes to.</param>
/// <param name="Next">Where the next one begins.</param>
internal sealed record IlInstruction(int Offset, ILOpCode Code, int Operand, IReadOnlyList<int> Targets, int Next)
{
    public EntityHandle Token => MetadataTokens.EntityHandle(Operand);

    /// <summary>Where it may go to other than to the next one.</summary>
    public IEnumerable<int> Branches => IsBranch ? [Operand] : Targets;

    public bool IsBranch => Code is (>= ILOpCode.Br_s and <= ILOpCode.Blt_un) or ILOpCode.Leave or ILOpCode.Leave_s;

    /// <summary>Whether the next one is not reached from it.</summary>
    public bool Ends => Code is ILOpCode.Br or ILOpCode.Br_s or ILOpCode.Leave or ILOpCode.Leave_s or ILOpCode.Ret
        or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Endfinally or ILOpCode.Endfilter or ILOpCode.Jmp;
}

/// <summary>The instructions of a method.</summary>
internal sealed class IlBody
{
    private readonly Dictionary<int, int> _indexes = [];
    private readonly List<IlInstruction> _instructions = [];

    /// <exception cref="BadImageFormatException">The method is damaged.</exception>
    public IlBody(MethodBodyBlock body)
    {
        Regions = body.ExceptionRegions;
        LocalSignature = body.LocalSignature;
        BlobReader reader = body.GetILReader();
        while (reader.RemainingBytes > 0)
        {
            IlInstruction instruction = Read(ref reader);
            _indexes.Add(instruction.Offset, _instructions.Count);
            _instructions.Add(instruction);
        }

        Leaders = [.. _instructions.SelectMany(i => i.Branches), .. Regions.Select(r => r.HandlerOffset)];
    }

    public IReadOnlyList<IlInstruction> Instructions => _instructions;

    public IReadOnlyList<ExceptionRegion> Regions { get; }

    public StandaloneSignatureHandle LocalSignature { get; }

    /// <summary>Where control may come to from elsewhere.</summary>
    public HashSet<int> Leaders { get; }

    /// <exception cref="BadImageFormatException">No instruction begins there.</exception>
    public int IndexOf(int offset) => _indexes.TryGetValue(offset, out int index)
        ? index
        : throw new BadImageFormatException("A branch leads into an instruction.");

    private static IlInstruction Read(ref BlobReader reader)
    {
        int offset = reader.Offset;
        int first = reader.ReadByte();
        ILOpCode code = (ILOpCode)(first == 0xFE ? (0xFE << 8) | reader.ReadByte() : first);
        if (code == ILOpCode.Switch)
        {
            return ReadSwitch(ref reader, offset);
        }

        int operand = IlOperands.SizeOf(code) switch
        {
            0 => Implied(code),
            1 => code is ILOpCode.Ldc_i4_s || code is >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s or ILOpCode.Leave_s
                ? reader.ReadSByte()
                : reader.ReadByte(),
            2 => reader.ReadUInt16(),
            4 => reader.ReadInt32(),
            _ => (int)reader.ReadInt64(),
        };
        IlInstruction instruction = new(offset, code, operand, [], reader.Offset);
        return instruction.IsBranch ? instruction with { Operand = reader.Offset + operand } : instruction;
    }

    private static IlInstruction ReadSwitch(ref BlobReader reader, int offset)
    {
        uint count = reader.ReadUInt32();
        if (count > reader.RemainingBytes / sizeof(int))
        {
            throw new BadImageFormatException("An instruction reaches beyond its method.");
        }

        int[] targets = new int[count];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = reader.ReadInt32();
        }

        int next = reader.Offset;
        return new IlInstruction(offset, ILOpCode.Switch, 0, [.. targets.Select(t => next + t)], next);
    }

    // The variable, the parameter or the number that a short instruction is about.
    private static int Implied(ILOpCode code) => code switch
    {
        >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3 => code - ILOpCode.Ldarg_0,
        >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3 => code - ILOpCode.Ldloc_0,
        >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 => code - ILOpCode.Stloc_0,
        >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8 => code - ILOpCode.Ldc_i4_0,
        _ => 0,
    };
}
