namespace EdgeSlim.Modes;

/// <summary>The code that an application misses for a smaller mode, ready to paste.</summary>
public static class JsonContextText
{
    /// <summary>Writes the JsonSerializerContext that an application misses. Pure.</summary>
    /// <param name="choice">The choice of the mode.</param>
    /// <returns>The text; null where a context is not all that is missing.</returns>
    public static string? Of(ModeChoice choice)
    {
        if (choice.JsonTypes.Count == 0 || choice.Findings.Any(f => f.Code != "JSON"))
        {
            return null;
        }

        IEnumerable<string> types = choice.JsonTypes.Select(t => $"  [System.Text.Json.Serialization.JsonSerializable(typeof({t}))]");
        return $"""
            With this context, Native AOT works, and the image is less than half the size. Add it to the project:

            {string.Join('\n', types)}
              internal partial class AppJsonContext : System.Text.Json.Serialization.JsonSerializerContext;

            And register it before the application is built:

              builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJsonContext.Default));
            """;
    }
}
