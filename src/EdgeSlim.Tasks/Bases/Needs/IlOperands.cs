using System.Reflection.Metadata;

namespace EdgeSlim.Bases.Needs;

/// <summary>How many bytes follow each instruction (ECMA-335 III). Pure.</summary>
internal static class IlOperands
{
    /// <summary>The size of what follows an instruction.</summary>
    /// <param name="code">The instruction; of a switch, what is given is the size of the count of its targets.</param>
    /// <returns>The size, in bytes.</returns>
    /// <exception cref="BadImageFormatException">There is no such instruction.</exception>
    public static int SizeOf(ILOpCode code) => code switch
    {
        >= ILOpCode.Ldarg_s and <= ILOpCode.Stloc_s or ILOpCode.Ldc_i4_s => 1,
        >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s or ILOpCode.Leave_s or ILOpCode.Unaligned => 1,
        >= ILOpCode.Ldarg and <= ILOpCode.Stloc => 2,
        ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Jmp or ILOpCode.Call or ILOpCode.Calli => 4,
        >= ILOpCode.Br and <= ILOpCode.Switch or ILOpCode.Leave => 4,
        >= ILOpCode.Callvirt and <= ILOpCode.Isinst => 4,
        ILOpCode.Unbox or >= ILOpCode.Ldfld and <= ILOpCode.Stobj => 4,
        ILOpCode.Box or ILOpCode.Newarr or ILOpCode.Ldelema or >= ILOpCode.Ldelem and <= ILOpCode.Unbox_any => 4,
        ILOpCode.Refanyval or ILOpCode.Mkrefany or ILOpCode.Ldtoken => 4,
        ILOpCode.Ldftn or ILOpCode.Ldvirtftn or ILOpCode.Initobj or ILOpCode.Constrained or ILOpCode.Sizeof => 4,
        ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => 8,
        >= ILOpCode.Nop and <= ILOpCode.Stloc_3 or >= ILOpCode.Ldnull and <= ILOpCode.Ldc_i4_8 => 0,
        ILOpCode.Dup or ILOpCode.Pop or ILOpCode.Ret => 0,
        >= ILOpCode.Ldind_i1 and <= ILOpCode.Conv_u8 => 0,
        ILOpCode.Conv_r_un or ILOpCode.Throw => 0,
        >= ILOpCode.Conv_ovf_i1_un and <= ILOpCode.Conv_ovf_u_un or ILOpCode.Ldlen => 0,
        >= ILOpCode.Ldelem_i1 and <= ILOpCode.Stelem_ref => 0,
        >= ILOpCode.Conv_ovf_i1 and <= ILOpCode.Conv_ovf_u8 or ILOpCode.Ckfinite => 0,
        >= ILOpCode.Conv_u2 and <= ILOpCode.Endfinally or ILOpCode.Stind_i or ILOpCode.Conv_u => 0,
        >= ILOpCode.Arglist and <= ILOpCode.Clt_un or ILOpCode.Localloc or ILOpCode.Endfilter => 0,
        ILOpCode.Volatile or ILOpCode.Tail or ILOpCode.Cpblk or ILOpCode.Initblk => 0,
        ILOpCode.Rethrow or ILOpCode.Refanytype or ILOpCode.Readonly => 0,
        _ => throw new BadImageFormatException($"There is no instruction 0x{(int)code:x}."),
    };
}
