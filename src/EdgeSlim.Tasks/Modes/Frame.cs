using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>What is known of the parameters, the variables and the stack of a method at an instruction.</summary>
internal sealed class Frame
{
    private readonly AbstractValue[] _arguments;
    private readonly AbstractValue[] _locals;
    private readonly HashSet<int> _sharedArguments;
    private readonly HashSet<int> _sharedLocals;
    private readonly List<AbstractValue> _stack;

    private Frame(AbstractValue[] arguments, AbstractValue[] locals, HashSet<int> sharedArguments, HashSet<int> sharedLocals, List<AbstractValue> stack) =>
        (_arguments, _locals, _sharedArguments, _sharedLocals, _stack) = (arguments, locals, sharedArguments, sharedLocals, stack);

    /// <summary>What is known where a method begins.</summary>
    public static Frame Of(CodeMethod method, IlBody body)
    {
        CodeAssembly assembly = method.Assembly;
        ImmutableArray<ClrType> locals = body.LocalSignature.IsNil
            ? []
            : assembly.Types.LocalsOf(assembly.Metadata.GetStandaloneSignature(body.LocalSignature));
        return new Frame(
            [.. Arguments(method)],
            [.. locals.Select(_ => AbstractValue.Lost)],
            Shared(body, ILOpCode.Ldarga, ILOpCode.Ldarga_s),
            Shared(body, ILOpCode.Ldloca, ILOpCode.Ldloca_s),
            []);
    }

    public Frame Copy() => new([.. _arguments], [.. _locals], _sharedArguments, _sharedLocals, [.. _stack]);

    /// <summary>What is known where an exception is handled, which may have come from anywhere.</summary>
    public Frame Handler(bool catches) => new(
        [.. _arguments], [.. _locals.Select(_ => AbstractValue.Lost)], _sharedArguments, _sharedLocals, catches ? [AbstractValue.Lost] : []);

    /// <summary>Takes in what is known where control comes from elsewhere as well.</summary>
    /// <returns>Whether less is known now.</returns>
    /// <exception cref="BadImageFormatException">The two do not fit together.</exception>
    public bool Join(Frame other)
    {
        if (_stack.Count != other._stack.Count)
        {
            throw new BadImageFormatException("The stack depends on where control comes from.");
        }

        bool changed = false;
        for (int i = 0; i < _stack.Count; i++)
        {
            AbstractValue merged = AbstractValue.Merge(_stack[i], other._stack[i]);
            changed |= merged != _stack[i];
            _stack[i] = merged;
        }

        return Join(_arguments, other._arguments) | Join(_locals, other._locals) | changed;
    }

    public void Push(AbstractValue value) => _stack.Add(value);

    /// <exception cref="BadImageFormatException">There is nothing on the stack.</exception>
    public AbstractValue Pop()
    {
        if (_stack.Count == 0)
        {
            throw new BadImageFormatException("More is taken from the stack than was put there.");
        }

        AbstractValue value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    public AbstractValue[] PopMany(int count)
    {
        AbstractValue[] values = new AbstractValue[count];
        for (int i = count - 1; i >= 0; i--)
        {
            values[i] = Pop();
        }

        return values;
    }

    public void Exchange(int takes, int puts)
    {
        PopMany(takes);
        _stack.AddRange(Enumerable.Repeat(AbstractValue.Lost, puts));
    }

    public void Duplicate()
    {
        AbstractValue value = Pop();
        Push(value);
        Push(value);
    }

    public void Clear() => _stack.Clear();

    public void LoadArgument(int number) => Push(_arguments.ElementAtOrDefault(number) ?? AbstractValue.Lost);

    public void LoadLocal(int number) => Push(_locals.ElementAtOrDefault(number) ?? AbstractValue.Lost);

    public void StoreArgument(int number) => Store(_arguments, _sharedArguments, number);

    public void StoreLocal(int number) => Store(_locals, _sharedLocals, number);

    // What others have the address of may be anything.
    private void Store(AbstractValue[] values, HashSet<int> shared, int number)
    {
        AbstractValue value = Pop();
        if (number < values.Length)
        {
            values[number] = shared.Contains(number) ? AbstractValue.Lost : value;
        }
    }

    private static bool Join(AbstractValue[] values, AbstractValue[] others)
    {
        bool changed = false;
        for (int i = 0; i < values.Length; i++)
        {
            AbstractValue merged = AbstractValue.Merge(values[i], others[i]);
            changed |= merged != values[i];
            values[i] = merged;
        }

        return changed;
    }

    private static IEnumerable<AbstractValue> Arguments(CodeMethod method)
    {
        CodeAssembly assembly = method.Assembly;
        MethodSignature<ClrType> signature = assembly.Types.SignatureOf(method.Definition);
        int first = signature.Header.IsInstance ? 1 : 0;
        if (first == 1)
        {
            yield return new SourceValue(ValueSource.Parameter, 0, assembly.Types.Of(method.DeclaringType.Handle), 0);
        }

        int[] kept = new int[signature.ParameterTypes.Length];
        foreach (Parameter parameter in method.Definition.GetParameters().Select(assembly.Metadata.GetParameter))
        {
            if (parameter.SequenceNumber > 0 && parameter.SequenceNumber <= kept.Length)
            {
                kept[parameter.SequenceNumber - 1] = CodeAttributes.KeptMembers(assembly, parameter.GetCustomAttributes());
            }
        }

        for (int i = 0; i < kept.Length; i++)
        {
            yield return new SourceValue(ValueSource.Parameter, first + i, signature.ParameterTypes[i], kept[i]);
        }
    }

    private static HashSet<int> Shared(IlBody body, ILOpCode one, ILOpCode other) =>
        [.. body.Instructions.Where(i => i.Code == one || i.Code == other).Select(i => i.Operand)];
}
