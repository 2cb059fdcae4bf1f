namespace EdgeSlim.Reporting.Sizes;

/// <summary>What the AOT compiler's kinds of data are, in words. Pure.</summary>
internal static class BlobNames
{
    /// <summary>The packed form of what is unpacked into memory at start.</summary>
    public const string Packed = "DehydratedData";

    /// <summary>Names for stack traces.</summary>
    public const string StackTraces = "Stack trace names";

    /// <summary>Names and shapes for reflection.</summary>
    public const string Reflection = "Reflection metadata";

    /// <summary>Text constants.</summary>
    public const string Texts = "Text constants";

    // Listed one by one elsewhere in the file.
    private static readonly HashSet<string> Detailed = [Packed, "FieldRvaData", "ResourceData", "ArrayOfFrozenObjects"];

    // In memory only.
    private static readonly HashSet<string> WithoutBytes = ["NonGCStatics", "GCStatics", "InterfaceDispatchCellSection", "TypeThreadStaticIndex"];

    // In the packed data, where there are any.
    private static readonly HashSet<string> InPacked =
    [
        "TypeGenericDictionary", "MethodGenericDictionary", "InterfaceDispatchMap", "SealedVTable", "GenericComposition",
        "GenericVariance", "GCStaticEEType", "FatFunctionPointer", "GCStaticsPreInitData", "RuntimeMethodHandle", "ArrayOfEmbeddedPointers",
    ];

    /// <summary>Whether a kind is one of the packed data.</summary>
    public static bool IsPacked(string blob) => InPacked.Contains(blob);

    /// <summary>Whether a kind takes bytes of the file that nothing else accounts for.</summary>
    public static bool IsCounted(string blob) => !Detailed.Contains(blob) && !WithoutBytes.Contains(blob);

    /// <summary>The word for a kind.</summary>
    public static string Describe(string blob) => blob switch
    {
        "Metadata" or "TypeMetadataMap" or "ReflectionInvokeMap" or "ReflectionFieldMap" or "ReflectionVirtualInvokeMap"
            or "MethodAssociatedData" => Reflection,
        "StackTraceMethodMapping" => StackTraces,
        "TypeGenericDictionary" or "MethodGenericDictionary" or "GenericTypesHashtable" or "GenericMethodsHashtable"
            or "NativeLayoutInfo" or "GenericTypesTemplateMap" or "GenericMethodsTemplateMap" or "ExactMethodInstantiations"
            or "GenericVirtualMethodTable" or "InterfaceGenericVirtualMethodTable" or "GenericComposition" or "GenericVariance"
            or "ReadyToRunGenericLookupFromType" or "ReadyToRunGenericLookupFromDictionary" or "FatFunctionPointer" => "Generics",
        "StaticsInfoHashtable" or "GCStaticEEType" or "GCStaticsPreInitData" or "ClassConstructorContextMap" => "Static fields",
        "InterfaceDispatchMap" or "SealedVTable" or "InterfaceDispatchCell" => "Interface calls",
        "ReadyToRunHelper" or "UnboxingStub" or "TentativeMethod" or "TentativeInstanceMethod" or "AddressTakenMethod" => "Helper code",
        "ExternalReferencesTable" or "ArrayOfEmbeddedPointers" or "ArrayOfEmbeddedData" => "References",
        "MethodReadOnlyData" => "Constants of methods",
        "WritableData" => "Writable data",
        "ResourceIndex" => "Index of resources",
        "ArrayMap" or "PointerTypeMap" or "ByRefTypeMap" or "FunctionPointerMap" or "DelegateMarshallingStubMap"
            or "StructMarshallingStubMap" or "PInvokeMethodFixup" or "PInvokeModuleFixup" => "Maps of types",
        _ => "Other data",
    };
}
