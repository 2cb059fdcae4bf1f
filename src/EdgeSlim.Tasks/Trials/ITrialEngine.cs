using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Trials;

/// <summary>Something of this machine that can start an image.</summary>
public interface ITrialEngine
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>What it can tell of a container.</summary>
    TrialMeasures Measures { get; }

    /// <summary>Whether it can hold a container to <see cref="TrialProfile.SeccompFile"/>.</summary>
    bool CanFilterSystemCalls { get; }

    /// <summary>Makes a container, which does not run yet. What dead builds left behind is removed before.</summary>
    /// <param name="image">The image.</param>
    /// <param name="profile">How it is confined.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The container. Disposing it leaves nothing of it behind.</returns>
    /// <exception cref="EdgeException">It cannot be made (EDGE6002).</exception>
    Task<ITrialContainer> CreateAsync(TrialImage image, TrialProfile profile, CancellationToken cancellationToken);
}

/// <summary>A container of a trial.</summary>
public interface ITrialContainer : IAsyncDisposable
{
    /// <summary>Starts the application and waits for its end.</summary>
    /// <param name="onLine">Takes each line that it says, as it says it.</param>
    /// <param name="cancellationToken">Ends the waiting, and not the application.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="EdgeException">It cannot be started (EDGE6002).</exception>
    Task<int> RunAsync(Action<string> onLine, CancellationToken cancellationToken);

    /// <summary>The process of the application, from the view of this machine.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Its id; null where there is none, or none that can be seen from here.</returns>
    Task<int?> FindProcessAsync(CancellationToken cancellationToken);

    /// <summary>When the engine says that the application started.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The time; null where it says nothing.</returns>
    Task<DateTimeOffset?> FindStartAsync(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>Asks the application to end.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    Task TerminateAsync(CancellationToken cancellationToken);

    /// <summary>Whether the engine says that the application was killed for its memory.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it was.</returns>
    Task<bool> WasOutOfMemoryAsync(CancellationToken cancellationToken);
}

/// <summary>What can be seen of a container.</summary>
[Flags]
public enum TrialMeasures
{
    /// <summary>Exit code and output.</summary>
    Run = 0,

    /// <summary>Its process from before it starts, so that the start is timed to the millisecond.</summary>
    ExactStart = 1,

    /// <summary>Its control group: memory, processor time, kills.</summary>
    Resources = 2,
}

/// <summary>The image that is tried.</summary>
/// <param name="Layout">The layout that holds it.</param>
/// <param name="Image">Its documents.</param>
/// <param name="Emulator">The program of this machine that runs programs for its processor; null where the kernel does.</param>
public sealed record TrialImage(ImageLayout Layout, LayoutImage Image, string? Emulator = null)
{
    private readonly Lazy<ImageFileSystem> _files = new(() => ImageReader.Read(Layout, Image, CancellationToken.None));

    /// <summary>Its files.</summary>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012).</exception>
    internal ImageFileSystem Files => _files.Value;

    /// <summary>Whether the application runs as root.</summary>
    // A name is looked up in the image.
    public bool RunsAsRoot =>
        Image.Config.Config?.User is { Length: > 0 } user
        && (int.TryParse(user.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id == 0
            : ImageUser.Find(user, Files) is null or { UserId: 0 });
}
