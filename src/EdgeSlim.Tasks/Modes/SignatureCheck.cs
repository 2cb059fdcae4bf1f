using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>
/// Looks through a signature (ECMA-335 II.23.2) before it is decoded: room is made there for as many types as it says that it has,
/// so that a damaged one could take all memory, and one type is read within the other, so that it could take all of the stack.
/// </summary>
internal static class SignatureCheck
{
    private const int MaxDepth = 100;
    private const int Class = 0x12;
    private const int ValueType = 0x11;

    /// <exception cref="BadImageFormatException">The signature is damaged.</exception>
    public static void Signature(BlobReader signature)
    {
        SignatureHeader header = signature.ReadSignatureHeader();
        switch (header.Kind)
        {
            case SignatureKind.Field:
                Type(ref signature, MaxDepth);
                break;
            case SignatureKind.LocalVariables or SignatureKind.MethodSpecification:
                Types(ref signature, Count(ref signature), MaxDepth);
                break;
            default:
                Method(ref signature, header, MaxDepth);
                break;
        }
    }

    /// <exception cref="BadImageFormatException">The type is damaged.</exception>
    public static void Type(BlobReader type) => Type(ref type, MaxDepth);

    private static void Method(ref BlobReader reader, SignatureHeader header, int depth)
    {
        if (header.IsGeneric)
        {
            reader.ReadCompressedInteger();
        }

        Types(ref reader, Count(ref reader) + 1, depth);
    }

    private static void Types(ref BlobReader reader, int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            Type(ref reader, depth);
        }
    }

    private static void Type(ref BlobReader reader, int depth)
    {
        if (depth == 0)
        {
            throw new BadImageFormatException("A type is in too many others.");
        }

        int code = reader.ReadCompressedInteger();
        switch (code)
        {
            case Class or ValueType or (int)SignatureTypeCode.GenericTypeParameter or (int)SignatureTypeCode.GenericMethodParameter:
                reader.ReadCompressedInteger();
                break;
            case (int)SignatureTypeCode.GenericTypeInstance:
                Type(ref reader, depth - 1);
                Types(ref reader, Count(ref reader), depth - 1);
                break;
            case (int)SignatureTypeCode.RequiredModifier or (int)SignatureTypeCode.OptionalModifier:
                reader.ReadCompressedInteger();
                Type(ref reader, depth - 1);
                break;
            case (int)SignatureTypeCode.SZArray or (int)SignatureTypeCode.Pointer or (int)SignatureTypeCode.ByReference
                or (int)SignatureTypeCode.Pinned or (int)SignatureTypeCode.Sentinel:
                Type(ref reader, depth - 1);
                break;
            case (int)SignatureTypeCode.Array:
                Type(ref reader, depth - 1);
                reader.ReadCompressedInteger();
                Skip(ref reader, Count(ref reader));
                Skip(ref reader, Count(ref reader));
                break;
            case (int)SignatureTypeCode.FunctionPointer:
                Method(ref reader, reader.ReadSignatureHeader(), depth - 1);
                break;
        }
    }

    private static void Skip(ref BlobReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            reader.ReadCompressedInteger();
        }
    }

    // What is counted takes a byte at least.
    private static int Count(ref BlobReader reader) => reader.ReadCompressedInteger() is var count && count <= reader.RemainingBytes
        ? count
        : throw new BadImageFormatException("A signature has less than it says.");
}
