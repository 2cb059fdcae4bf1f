using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Reporting;
using EdgeSlim.Settings;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ConfigurationReader"/>.</summary>
public sealed class CheckConfiguration : EdgeTask
{
    /// <summary>EdgeConfigFile items; metadata Key.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>EdgeSecret items, each an environment variable; metadata Name, Key and Optional.</summary>
    public ITaskItem[] Secrets { get; set; } = [];

    /// <summary>EdgeConfigFolder.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>EdgeConfiguration: whether the application is compiled with what reads the folder.</summary>
    public string IsRead { get; set; } = "";

    /// <summary>The project's folder.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>Where what was read is written to.</summary>
    [Required]
    public string ConfigurationFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (Folder.TrimEnd('/').Count(c => c == '/') < 2 || !Folder.StartsWith('/') || Folder.Split('/').Any(p => p is "." or ".."))
        {
            throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "EdgeConfigFolder", Folder, "an absolute path of a folder of its own, such as /etc/agent");
        }

        ConfigurationRequest request = new()
        {
            ProjectFolder = ProjectFolder,
            Folder = Folder.TrimEnd('/'),
            IsRead = Flag("EdgeConfiguration", IsRead),
            Files = [.. Files.Select(f => (f.ItemSpec, f.GetMetadata("Key")))],
            Secrets = [.. Secrets.Select(Read)],
        };
        await StageFile.WriteAsync(
            ConfigurationFile,
            new ConfigurationReader(request, Diagnostics).Read(cancellationToken),
            FactsJson.Documents.ApplicationConfiguration,
            cancellationToken);
    }

    private static SecretReference Read(ITaskItem item) => new(
        item.ItemSpec,
        item.GetMetadata("Name"),
        item.GetMetadata("Key") is { Length: > 0 } key ? key : item.ItemSpec,
        Flag($"Optional of the EdgeSecret item '{item.ItemSpec}'", item.GetMetadata("Optional")));
}
