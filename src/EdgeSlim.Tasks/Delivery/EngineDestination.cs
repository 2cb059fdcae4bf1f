using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Delivery;

/// <summary>Loads an image into a container engine of this machine.</summary>
/// <param name="engine">The engine's program: podman or docker.</param>
public sealed class EngineDestination(string engine) : IDestination
{
    /// <summary>The engines that can be loaded into, in the order in which they are taken.</summary>
    public static IReadOnlyList<string> Engines { get; } = ["podman", "docker"];

    /// <inheritdoc/>
    public async Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(engine);
        try
        {
            // Through the pipe: no second copy of the image on disk. Every version of both reads docker's format.
            ProcessRequest load = new(engine, ["load"])
            {
                WriteInput = (input, token) => ArchiveWriter.WriteAsync(image, ArchiveFormat.Docker, input, token),
            };
            ProcessResult result = await ExternalProcess.RunAsync(load, cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new EdgeException(DiagnosticCodes.LoadFailed, $"{name} load", result.LastErrorLine);
            }
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.LoadFailed, $"{name} load", e.Message);
        }

        // Podman puts short names under localhost/.
        string prefix = name == "podman" ? "localhost/" : "";
        return new Delivered(
            "engine",
            [.. image.Tags.Select(tag => $"{prefix}{image.Repository}:{tag}")],
            image.Tree.CompressedSize,
            $"loaded into {name}");
    }
}
