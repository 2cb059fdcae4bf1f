using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>What instructions other than calls take from the stack, and put there (ECMA-335 III). Pure.</summary>
internal static class IlStack
{
    public static (int Takes, int Puts) EffectOf(ILOpCode code) => code switch
    {
        ILOpCode.Dup => (1, 2),
        ILOpCode.Nop or ILOpCode.Break or ILOpCode.Br or ILOpCode.Br_s or ILOpCode.Leave or ILOpCode.Leave_s
            or ILOpCode.Endfinally or ILOpCode.Rethrow or ILOpCode.Jmp or ILOpCode.Ret => (0, 0),
        ILOpCode.Volatile or ILOpCode.Tail or ILOpCode.Unaligned or ILOpCode.Readonly or ILOpCode.Constrained => (0, 0),
        >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldloc_3 => (0, 1),
        ILOpCode.Ldarg or ILOpCode.Ldarga or ILOpCode.Ldloc or ILOpCode.Ldloca or ILOpCode.Ldarg_s or ILOpCode.Ldarga_s
            or ILOpCode.Ldloc_s or ILOpCode.Ldloca_s => (0, 1),
        >= ILOpCode.Ldnull and <= ILOpCode.Ldc_r8 => (0, 1),
        ILOpCode.Ldstr or ILOpCode.Ldsfld or ILOpCode.Ldsflda or ILOpCode.Ldtoken or ILOpCode.Ldftn or ILOpCode.Sizeof
            or ILOpCode.Arglist => (0, 1),
        >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 => (1, 0),
        ILOpCode.Starg or ILOpCode.Starg_s or ILOpCode.Stloc or ILOpCode.Stloc_s or ILOpCode.Pop or ILOpCode.Brtrue
            or ILOpCode.Brtrue_s or ILOpCode.Brfalse or ILOpCode.Brfalse_s or ILOpCode.Switch or ILOpCode.Stsfld
            or ILOpCode.Throw or ILOpCode.Initobj or ILOpCode.Endfilter => (1, 0),
        >= ILOpCode.Beq_s and <= ILOpCode.Blt_un_s => (2, 0),
        >= ILOpCode.Beq and <= ILOpCode.Blt_un => (2, 0),
        >= ILOpCode.Stind_ref and <= ILOpCode.Stind_r8 => (2, 0),
        ILOpCode.Stind_i or ILOpCode.Stfld or ILOpCode.Stobj or ILOpCode.Cpobj => (2, 0),
        >= ILOpCode.Stelem_i and <= ILOpCode.Stelem_ref => (3, 0),
        ILOpCode.Stelem or ILOpCode.Cpblk or ILOpCode.Initblk => (3, 0),
        >= ILOpCode.Add and <= ILOpCode.Shr_un => (2, 1),
        >= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un => (2, 1),
        >= ILOpCode.Ldelem_i1 and <= ILOpCode.Ldelem_ref => (2, 1),
        ILOpCode.Ldelema or ILOpCode.Ldelem => (2, 1),
        >= ILOpCode.Ceq and <= ILOpCode.Clt_un => (2, 1),
        // What is left takes a value and gives another.
        _ => (1, 1),
    };
}
