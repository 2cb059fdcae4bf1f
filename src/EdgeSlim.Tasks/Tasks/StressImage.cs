using System.Text;
using System.Text.Json.Serialization.Metadata;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Stresser"/>.</summary>
public sealed class StressImage : TrialTask
{
    /// <summary>EdgeStressCpuLimit.</summary>
    [Required]
    public string CpuLimit { get; set; } = "";

    /// <summary>EdgeStressMemoryLimit.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "";

    /// <summary>EdgeStressCpuRequest.</summary>
    public string CpuRequest { get; set; } = "";

    /// <summary>EdgeStressMemoryRequest.</summary>
    public string MemoryRequest { get; set; } = "";

    /// <summary>EdgeStressDuration.</summary>
    [Required]
    public string Duration { get; set; } = "";

    /// <summary>EdgeStressRate.</summary>
    [Required]
    public string Rate { get; set; } = "";

    /// <summary>EdgeStressPath.</summary>
    public string Path { get; set; } = "";

    /// <summary>EdgeStressPort.</summary>
    public string LoadPort { get; set; } = "";

    /// <summary>EdgeStressMethod.</summary>
    public string Method { get; set; } = "";

    /// <summary>EdgeStressBody.</summary>
    public string Body { get; set; } = "";

    /// <summary>EdgeStressBodyType.</summary>
    public string BodyType { get; set; } = "";

    /// <summary>EdgeStressCommand.</summary>
    public string Command { get; set; } = "";

    /// <summary>EdgeStressNoise.</summary>
    public string Noise { get; set; } = "";

    /// <summary>EdgeStressMaxP99.</summary>
    public string MaxP99 { get; set; } = "";

    /// <summary>EdgeStressMaxErrorRate.</summary>
    public string MaxErrorRate { get; set; } = "";

    /// <summary>EdgeStressMaxMemory.</summary>
    public string MaxMemory { get; set; } = "";

    /// <summary>EdgeMaxStop.</summary>
    [Required]
    public string MaxStop { get; set; } = "";

    /// <summary>EdgeStressFindLimits.</summary>
    public string FindLimits { get; set; } = "";

    /// <summary>The folder of the user's copies, which are those of the last test.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The facts of the image; they get the figures, where they are there and of the same image.</summary>
    [Required]
    public string[] FactsFiles { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ImageLayout layout = ReadLayout();
        bool findsLimits = Flag("EdgeStressFindLimits", FindLimits);
        StressSettings settings = ReadSettings(layout);
        if (await FindAsync(layout, Diagnostics, cancellationToken) is not TrialSubject subject)
        {
            return;
        }

        string Copy(string name) => System.IO.Path.Combine(OutputFolder, name);
        StageFile.Delete(Copy(StressFiles.Report));
        StageFile.Delete(Copy(StressFiles.JUnit));
        if (findsLimits)
        {
            // Limits that are looked for and not found must not pass for those of an earlier test.
            StageFile.Delete(new ImageResults(ResultsFolder, subject.Image.Image.Descriptor.Digest).PathOf(StressFiles.Limits));
            StageFile.Delete(Copy(StressFiles.Limits));
        }

        StressOutcome outcome = await new Stresser(subject, Tools, Diagnostics).RunAsync(settings, findsLimits, cancellationToken);
        StressResult result = outcome.Report.Result;
        Diagnostics.Important($"{Image}: {Summary.Line(result)}");
        Report(outcome.Failures, outcome.LastLines);
        ImageResults results = new(ResultsFolder, result.Digest);
        await WriteAsync(StressFiles.Report, outcome.Report, FactsJson.Documents.StressReport);
        await StageFile.WriteAsync(Copy(StressFiles.JUnit), Encoding.UTF8.GetBytes(StressJUnit.Write(Image, outcome)), cancellationToken);
        if (result.Found is FoundLimits found)
        {
            Diagnostics.Important($"{Image}: {Summary.Line(found)}");
            ImageLimits limits = new(result.Digest, found.Requests, found.Limits, found.Environment);
            await WriteAsync(StressFiles.Limits, limits, FactsJson.Documents.ImageLimits);
        }

        await AddToFactsAsync(result, cancellationToken);

        async Task WriteAsync<T>(string name, T document, JsonTypeInfo<T> type)
        {
            await StageFile.WriteAsync(results.PathOf(name), document, type, cancellationToken);
            await StageFile.WriteAsync(Copy(name), document, type, cancellationToken);
        }
    }

    private StressSettings ReadSettings(ImageLayout layout)
    {
        Readiness readiness = ReadReadiness(layout);
        StressLoad load = StressReader.Load(
            Path.Length > 0 ? Path : Http, LoadPort.Length > 0 ? LoadPort : Port, Rate, Emulator.Choose(layout).Config.Config) with
        {
            Method = Method.Length > 0 ? Method.ToUpperInvariant() : "GET",
            BodyFile = StressReader.BodyFile(Body, ProjectFolder),
            BodyType = BodyType.Length > 0 ? BodyType : "application/json",
            Command = Command.Length > 0 ? Command : null,
            CommandFolder = ProjectFolder,
        };
        return new StressSettings
        {
            Trial = new TrialSettings
            {
                Profile = StressReader.WithRequests(
                    ReadProfile(Quantity.MilliCpus("EdgeStressCpuLimit", CpuLimit), Quantity.Memory("EdgeStressMemoryLimit", MemoryLimit)),
                    CpuRequest.Length == 0 ? null : Quantity.MilliCpus("EdgeStressCpuRequest", CpuRequest),
                    MemoryRequest.Length == 0 ? null : Quantity.Memory("EdgeStressMemoryRequest", MemoryRequest)),
                // What is to answer requests has to be there before the first of them.
                Readiness = readiness.HasSign ? readiness : readiness with { Port = load.Port },
                Limits = new TrialLimits(
                    TimeSpan.MaxValue, long.MaxValue, Seconds("EdgeMaxStop", MaxStop), Seconds("EdgeTrialTimeout", Timeout)),
            },
            Load = load,
            Duration = Seconds("EdgeStressDuration", Duration),
            Noise = StressReader.Noise(Noise),
            Thresholds = new StressThresholds(
                MaxP99.Length == 0 ? null : Quantity.Duration("EdgeStressMaxP99", MaxP99, TimeSpan.FromMilliseconds(1)),
                MaxErrorRate.Length == 0 ? null : Quantity.Share("EdgeStressMaxErrorRate", MaxErrorRate),
                MaxMemory.Length == 0 ? null : Quantity.Memory("EdgeStressMaxMemory", MaxMemory)),
        };
    }

    private async Task AddToFactsAsync(StressResult result, CancellationToken cancellationToken)
    {
        foreach (string file in FactsFiles.Where(File.Exists))
        {
            Facts facts = await StageFile.ReadAsync(file, FactsJson.Documents.Facts, cancellationToken);
            if (facts.Image.Digest == result.Digest)
            {
                await StageFile.WriteAsync(file, facts with { Stress = result }, FactsJson.Documents.Facts, cancellationToken);
            }
        }
    }
}
