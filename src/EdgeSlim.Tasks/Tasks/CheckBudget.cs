using EdgeSlim.Composition;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Budgets;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Holds the image against its budget, before it is delivered.</summary>
public sealed class CheckBudget : EdgeTask
{
    /// <summary>The numbers that the budget is held against; empty before there are any, to look at the budget alone.</summary>
    public string FiguresFile { get; set; } = "";

    /// <summary>EdgeMaxImageSize; empty for no limit.</summary>
    public string MaxImageSize { get; set; } = "";

    /// <summary>EdgeMaxGrowth; empty for no limit.</summary>
    public string MaxGrowth { get; set; } = "";

    /// <summary>Where the report is written to.</summary>
    public string Page { get; set; } = "";

    /// <summary>Whether there was nothing to say.</summary>
    [Output]
    public bool IsClean { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        SizeBudget budget = SizeBudget.Parse(MaxImageSize, MaxGrowth);
        if (FiguresFile.Length == 0)
        {
            return;
        }

        BudgetFigures figures = await StageFile.ReadAsync(FiguresFile, ReportJson.Documents.BudgetFigures, cancellationToken);
        IsClean = BudgetCheck.Report(budget, figures, MaxGrowth, Page, Diagnostics);
    }
}
