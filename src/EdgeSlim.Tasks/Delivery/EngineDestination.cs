using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Processes;

namespace EdgeSlim.Delivery;

/// <summary>Loads an image into a container engine of this machine.</summary>
/// <param name="engine">The engine.</param>
/// <param name="program">Where its program is.</param>
public sealed class EngineDestination(ContainerEngine engine, string program) : IDestination
{
    /// <inheritdoc/>
    public Task CheckAsync(DeliverableImage image, CancellationToken cancellationToken) =>
        image.IsForThisMachine
            ? Task.CompletedTask
            : throw new EdgeException(
                DiagnosticCodes.NoImageForEngine, $"linux/{DeliverableImage.ThisMachine}", string.Join(", ", image.Platforms));

    /// <summary>Whether the engine cannot have an image of these names.</summary>
    public bool IsNew { get; init; }

    /// <inheritdoc/>
    public async Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> arguments = engine.Arguments(image.Repository);
        string command = $"{engine.Program} {string.Join(' ', arguments.TakeWhile(a => !a.StartsWith('-')))}";
        string[] names = [.. image.Tags.Select(tag => $"{engine.NameOf(image.Repository)}:{tag}")];
        try
        {
            if (!IsNew && await HasAsync(names, image.Image.Manifest.Config.Digest, cancellationToken))
            {
                return new Delivered("engine", names, 0, $"{engine.Name} had it already");
            }

            // Through the pipe: no second copy of the image on disk.
            ProcessRequest load = new(program, arguments)
            {
                WriteInput = (input, token) => ArchiveWriter.WriteAsync(image, engine.Format, input, token),
            };
            ProcessResult result = await ExternalProcess.RunAsync(load, cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new EdgeException(DiagnosticCodes.LoadFailed, command, result.LastErrorLine);
            }
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.LoadFailed, command, e.Message);
        }

        return new Delivered(
            "engine",
            names,
            engine.Format == ArchiveFormat.Oci ? image.Tree.CompressedSize : image.Image.CompressedSize,
            $"loaded into {engine.Name}");
    }

    private async Task<bool> HasAsync(string[] names, Digest configuration, CancellationToken cancellationToken)
    {
        foreach (string name in names)
        {
            // What fails here fails again where it is loaded, and is said there.
            ProcessResult? result = engine.IdArguments(name) is { } arguments
                ? await ExternalProcess.RunAsync(new ProcessRequest(program, arguments), cancellationToken)
                : null;
            if (result is not { ExitCode: 0 } || result.Output.Trim() is not string id
                || (id != configuration.Hex && id != configuration.ToString()))
            {
                return false;
            }
        }

        return names.Length > 0;
    }
}
