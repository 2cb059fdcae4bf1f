using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EdgeSlim.Modes;

/// <summary>One way through a method, with the same things switched off.</summary>
/// <param name="members">Finds what is called.</param>
/// <param name="results">Knows what calls give.</param>
/// <param name="method">The method.</param>
/// <param name="body">Its instructions.</param>
/// <param name="world">What is switched off.</param>
/// <param name="sites">The calls that are reached, by their offsets.</param>
internal sealed class MethodRun(
    MemberResolver members, CallResults results, CodeMethod method, IlBody body, Worlds world, SortedDictionary<int, CallSite> sites)
{
    private readonly CodeAssembly _assembly = method.Assembly;
    private readonly Dictionary<int, Frame> _entries = [];
    private readonly Queue<int> _queue = [];
    private ClrType? _constraint;

    public void Follow()
    {
        if (body.Instructions.Count == 0)
        {
            return;
        }

        Enter(0, Frame.Of(method, body));
        while (_queue.TryDequeue(out int offset))
        {
            FollowFrom(body.IndexOf(offset), _entries[offset].Copy());
        }
    }

    private void FollowFrom(int index, Frame frame)
    {
        while (index < body.Instructions.Count)
        {
            IlInstruction instruction = body.Instructions[index];
            EnterHandlers(instruction.Offset, frame);
            if (Step(instruction, frame) is bool condition)
            {
                if (condition)
                {
                    Enter(instruction.Operand, frame);
                    return;
                }
            }
            else
            {
                foreach (int target in instruction.Branches)
                {
                    Enter(target, frame);
                }
            }

            if (instruction.Ends)
            {
                return;
            }

            if (body.Leaders.Contains(instruction.Next))
            {
                Enter(instruction.Next, frame);
                return;
            }

            index++;
        }
    }

    private void Enter(int offset, Frame frame)
    {
        if (!_entries.TryGetValue(offset, out Frame? known))
        {
            _entries.Add(offset, frame.Copy());
            _queue.Enqueue(offset);
        }
        else if (known.Join(frame))
        {
            _queue.Enqueue(offset);
        }
    }

    private void EnterHandlers(int offset, Frame frame)
    {
        foreach (ExceptionRegion region in body.Regions)
        {
            if (region.TryOffset == offset)
            {
                bool catches = region.Kind is ExceptionRegionKind.Catch or ExceptionRegionKind.Filter;
                Enter(region.HandlerOffset, frame.Handler(catches));
                if (region.Kind == ExceptionRegionKind.Filter)
                {
                    Enter(region.FilterOffset, frame.Handler(catches));
                }
            }
        }
    }

    /// <returns>Whether a branch is taken, where that is known.</returns>
    private bool? Step(IlInstruction instruction, Frame frame)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Brtrue or ILOpCode.Brtrue_s:
                return frame.Pop() is NumberValue onTrue ? onTrue.Number != 0 : null;
            case ILOpCode.Brfalse or ILOpCode.Brfalse_s:
                return frame.Pop() is NumberValue onFalse ? onFalse.Number == 0 : null;
            case ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj:
                Call(instruction, frame);
                break;
            case ILOpCode.Calli:
                CallAddress(instruction, frame);
                break;
            case ILOpCode.Ldftn or ILOpCode.Ldvirtftn:
                TakeAddress(instruction, frame);
                break;
            case ILOpCode.Leave or ILOpCode.Leave_s:
                frame.Clear();
                break;
            case ILOpCode.Constrained:
                _constraint = _assembly.Types.Of(instruction.Token);
                return null;
            default:
                Move(instruction, frame);
                break;
        }

        _constraint = null;
        return null;
    }

    private void Move(IlInstruction instruction, Frame frame)
    {
        switch (instruction.Code)
        {
            case (>= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3) or ILOpCode.Ldarg_s or ILOpCode.Ldarg:
                frame.LoadArgument(instruction.Operand);
                break;
            case (>= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3) or ILOpCode.Ldloc_s or ILOpCode.Ldloc:
                frame.LoadLocal(instruction.Operand);
                break;
            case (>= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3) or ILOpCode.Stloc_s or ILOpCode.Stloc:
                frame.StoreLocal(instruction.Operand);
                break;
            case ILOpCode.Starg or ILOpCode.Starg_s:
                frame.StoreArgument(instruction.Operand);
                break;
            case (>= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8) or ILOpCode.Ldc_i4 or ILOpCode.Ldc_i4_s:
                frame.Push(new NumberValue(instruction.Operand));
                break;
            case ILOpCode.Ldnull:
                frame.Push(AbstractValue.Null);
                break;
            case ILOpCode.Ldstr:
                frame.Push(new TextValue(_assembly.Metadata.GetUserString(
                    MetadataTokens.UserStringHandle(instruction.Operand & 0xFF_FFFF))));
                break;
            case ILOpCode.Ldtoken:
                frame.Push(Token(instruction.Token));
                break;
            case ILOpCode.Dup:
                frame.Duplicate();
                break;
            case ILOpCode.Ceq:
                AbstractValue right = frame.Pop();
                AbstractValue left = frame.Pop();
                frame.Push(left is NumberValue a && right is NumberValue b ? new NumberValue(a.Number == b.Number ? 1 : 0) : AbstractValue.Lost);
                break;
            case ILOpCode.Ldsfld:
                frame.Push(Field(instruction.Token));
                break;
            case ILOpCode.Ldfld:
                frame.Pop();
                frame.Push(Field(instruction.Token));
                break;
            case ILOpCode.Newarr:
                frame.Pop();
                frame.Push(_assembly.Types.Of(instruction.Token).Name == "System.String" ? new TextListValue() : AbstractValue.Lost);
                break;
            case ILOpCode.Stelem_ref:
                AbstractValue element = frame.Pop();
                frame.Pop();
                if (frame.Pop() is TextListValue list && element is TextValue text)
                {
                    list.Texts.Add(text.Text);
                }

                break;
            case ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Box or ILOpCode.Unbox_any:
                // The same value, seen as another type.
                break;
            default:
                (int takes, int puts) = IlStack.EffectOf(instruction.Code);
                frame.Exchange(takes, puts);
                break;
        }
    }

    private AbstractValue Token(EntityHandle token) => token.Kind switch
    {
        HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification => new TypeValue(_assembly.Types.Of(token)),
        _ => AbstractValue.Member,
    };

    private AbstractValue Field(EntityHandle token)
    {
        if (members.Field(_assembly, token) is not FieldTarget field)
        {
            return AbstractValue.Lost;
        }

        if (field.Name.StartsWith("<>9__", StringComparison.Ordinal) || field.Name.StartsWith("$I", StringComparison.Ordinal)
            || field.DeclaringType.Name.EndsWith("/<>O", StringComparison.Ordinal))
        {
            return AbstractValue.Cached;
        }

        bool isHoisted = UserMember.IsGenerated(field.Name) || UserMember.IsGenerated(field.DeclaringType.Name)
            || field.DeclaringType.Name.Contains('@', StringComparison.Ordinal) || field.Name.StartsWith('$');
        return new SourceValue(isHoisted ? ValueSource.Hoisted : ValueSource.Field, 0, field.Type, field.KeptMembers ?? -1);
    }

    private void Call(IlInstruction instruction, Frame frame)
    {
        CallTarget target = Resolve(instruction);
        bool isNew = instruction.Code == ILOpCode.Newobj;
        AbstractValue[] arguments = frame.PopMany(target.Signature.ParameterTypes.Length + (target.IsInstance && !isNew ? 1 : 0));
        if (_constraint is ClrType constraint && arguments.Length > 0)
        {
            arguments[0] = new SourceValue(ValueSource.Hoisted, 0, constraint, 0);
        }

        // A constructor that calls another has itself for an argument, and gives nothing.
        AbstractValue[] given = target.IsConstructor && !isNew ? arguments[1..] : arguments;
        Site(instruction, target).Reach(world, given);
        if (isNew || target.Signature.ReturnType.Name != "System.Void")
        {
            frame.Push(results.Of(target, arguments, world));
        }
    }

    private void CallAddress(IlInstruction instruction, Frame frame)
    {
        if (instruction.Token.Kind != HandleKind.StandaloneSignature)
        {
            throw new BadImageFormatException("What is called has no signature.");
        }

        MethodSignature<ClrType> signature = _assembly.Types.SignatureOf(
            _assembly.Metadata.GetStandaloneSignature((StandaloneSignatureHandle)instruction.Token));
        frame.Exchange(
            signature.ParameterTypes.Length + 1 + (signature.Header.IsInstance ? 1 : 0),
            signature.ReturnType.Name == "System.Void" ? 0 : 1);
    }

    private void TakeAddress(IlInstruction instruction, Frame frame)
    {
        if (instruction.Code == ILOpCode.Ldvirtftn)
        {
            frame.Pop();
        }

        CallTarget target = Resolve(instruction);
        Site(instruction, target).Reach(world, []);
        frame.Push(target.Definition is CodeMethod definition ? new FunctionValue(definition) : AbstractValue.Lost);
    }

    // Without what is called it is not known what it takes from the stack.
    private CallTarget Resolve(IlInstruction instruction) => members.Method(_assembly, instruction.Token)
        ?? throw new BadImageFormatException("What is called is no method.");

    private CallSite Site(IlInstruction instruction, CallTarget target)
    {
        if (!sites.TryGetValue(instruction.Offset, out CallSite? site))
        {
            site = new CallSite(method, instruction.Offset, target);
            sites.Add(instruction.Offset, site);
        }

        return site;
    }
}
