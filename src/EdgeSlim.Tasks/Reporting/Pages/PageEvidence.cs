using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;
using EdgeSlim.Results;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Reporting.Pages;

/// <summary>What the page shows beside the report: what was seen and decided of the image.</summary>
/// <param name="Image">The image, with the bases that were considered.</param>
/// <param name="Needs">What the application needs.</param>
/// <param name="LinkCheck">What was proven of the image.</param>
/// <param name="Facts">The facts of stages that may not have been there, by their names; null before the image was delivered.</param>
public sealed record PageEvidence(ImageFacts Image, ApplicationNeeds Needs, Verdict LinkCheck, JsonObject? Facts)
{
    /// <summary>What was seen under load; null where the image was not put under any.</summary>
    public StressReport? Stress { get; init; }

    // Those that the page has a place for, as soon as there is a stage that writes them.
    private static readonly string[] Slots = ["deliveries", "trial", "startHistory", "stress", "profile", "sbom", "scan", "policy"];

    /// <summary>Reads it.</summary>
    /// <param name="workFolder">Where the stages leave their files.</param>
    /// <param name="layout">The image.</param>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <param name="factsFile">What all stages learned; empty where the image was not delivered.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The evidence.</returns>
    /// <exception cref="EdgeException">A file cannot be read.</exception>
    public static async Task<PageEvidence> ReadAsync(
        string workFolder, ImageLayout layout, string resultsFolder, string factsFile, CancellationToken cancellationToken)
    {
        string Left(string name) => Path.Combine(workFolder, name);
        LayoutImage image = layout.ReadImage();
        ImagePlan plan = await StageFile.ReadAsync(Left("plan.json"), PlanJson.Documents.ImagePlan, cancellationToken);
        BaseChoice choice = await StageFile.ReadAsync(Left("base-choice.json"), PlanJson.Documents.BaseChoice, cancellationToken);
        return new PageEvidence(
            ImageFactsReader.Read(plan, choice, image, new BaseFacts(plan.BaseName, plan.BaseReason)),
            await StageFile.ReadAsync(Left("needs.json"), FactsJson.Documents.ApplicationNeeds, cancellationToken),
            await StageFile.ReadAsync(Left("link-check.json"), FactsJson.Documents.Verdict, cancellationToken),
            factsFile.Length == 0 ? null : await ReadSlotsAsync(factsFile, cancellationToken))
        {
            Stress = factsFile.Length == 0
                ? null
                : await StageFile.ReadIfThereAsync(new ImageResults(resultsFolder, image.Descriptor.Digest).PathOf(StressFiles.Report), FactsJson.Documents.StressReport, cancellationToken),
        };
    }

    /// <summary>As the page reads it.</summary>
    internal JsonObject ToJson()
    {
        JsonObject image = JsonSerializer.SerializeToNode(Image, FactsJson.Documents.ImageFacts)!.AsObject();
        return new JsonObject
        {
            ["base"] = Take(image, "base"),
            ["layers"] = Take(image, "layers"),
            ["needs"] = JsonSerializer.SerializeToNode(Needs, FactsJson.Documents.ApplicationNeeds),
            ["linkCheck"] = JsonSerializer.SerializeToNode(LinkCheck, FactsJson.Documents.Verdict),
            ["facts"] = Facts?.DeepClone(),
            ["stress"] = new JsonObject
            {
                ["samples"] = JsonSerializer.SerializeToNode(Stress?.Samples ?? [], FactsJson.Documents.IReadOnlyListResourceSample),
                ["parts"] = JsonSerializer.SerializeToNode(Stress?.Requests?.Parts ?? [], FactsJson.Documents.IReadOnlyListLoadPart),
            },
        };
    }

    private static JsonNode? Take(JsonObject from, string name)
    {
        JsonNode? node = from[name];
        from.Remove(name);
        return node;
    }

    private static async Task<JsonObject> ReadSlotsAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject facts = JsonNode.Parse(await File.ReadAllBytesAsync(path, cancellationToken))!.AsObject();
            JsonObject slots = [];
            foreach (string name in Slots.Where(facts.ContainsKey))
            {
                slots[name] = Take(facts, name);
            }

            return slots;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, path, e.Message);
        }
    }
}
