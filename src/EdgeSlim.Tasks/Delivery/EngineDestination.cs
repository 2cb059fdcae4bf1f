using System.ComponentModel;
using EdgeSlim.Diagnostics;
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

    /// <inheritdoc/>
    public async Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> arguments = engine.Arguments(image.Repository);
        string command = $"{engine.Program} {string.Join(' ', arguments.TakeWhile(a => !a.StartsWith('-')))}";
        try
        {
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
            [.. image.Tags.Select(tag => $"{engine.NameOf(image.Repository)}:{tag}")],
            engine.Format == ArchiveFormat.Oci ? image.Tree.CompressedSize : image.Image.CompressedSize,
            $"loaded into {engine.Name}");
    }
}
