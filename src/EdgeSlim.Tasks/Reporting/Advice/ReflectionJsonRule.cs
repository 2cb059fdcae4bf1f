using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Serialization by reflection.</summary>
internal static class ReflectionJsonRule
{
    private const string AssemblyName = "System.Text.Json";

    public static IEnumerable<SizeAdvice> Check(AdviceRequest request)
    {
        if (!request.IsOn("JsonSerializerIsReflectionEnabledByDefault", otherwise: false)
            || request.Map.Assembly(AssemblyName) is not SizeNode assembly)
        {
            yield break;
        }

        long bytes = assembly.TypeBytes(t => t.StartsWith("DefaultJsonTypeInfoResolver", StringComparison.Ordinal)
            || t.StartsWith("Reflection", StringComparison.Ordinal)
            || t.EndsWith("ConverterFactory", StringComparison.Ordinal));
        if (bytes > 0)
        {
            yield return new SizeAdvice
            {
                Rule = "reflection-json",
                Title = $"JSON is read and written by reflection: {ByteText.Of(bytes)} and the converters of all types",
                Text = "A JsonSerializerContext has the code for the types that the application has, and needs neither.",
                Bytes = bytes,
                IsMeasured = true,
                Change = "<JsonSerializerIsReflectionEnabledByDefault>false</JsonSerializerIsReflectionEnabledByDefault>",
            };
        }
    }
}
