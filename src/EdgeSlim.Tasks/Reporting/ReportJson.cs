using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Reporting.Budgets;

namespace EdgeSlim.Reporting;

/// <summary>
/// How reports are written. All that means something in HTML is escaped, so that no name of a type can end a script.
/// </summary>
[JsonSerializable(typeof(ImageReport))]
[JsonSerializable(typeof(BudgetFigures))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static ReportJson Documents { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
