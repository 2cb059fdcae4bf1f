using System.Runtime.InteropServices;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;

namespace EdgeSlim.Trials;

/// <summary>How this machine runs programs for another processor.</summary>
public static class Emulator
{
    private const string Handlers = "/proc/sys/fs/binfmt_misc/";

    /// <summary>Looks for a way.</summary>
    /// <param name="platform">What the program is for.</param>
    /// <param name="tools">The machine's programs.</param>
    /// <returns>Whether there is one, and the program that has to be started in between, if any.</returns>
    public static (bool CanRun, string? Program) Find(Platform platform, IToolLookup tools)
    {
        if (platform.Architecture == Native)
        {
            return (true, null);
        }

        string processor = platform.Architecture switch
        {
            "amd64" => "x86_64",
            "arm64" => "aarch64",
            _ => platform.Architecture,
        };

        // A handler of the kernel's reaches into containers; otherwise a static emulator is put into the container.
        if (tools.HasFile($"{Handlers}qemu-{processor}"))
        {
            return (true, null);
        }

        string? program = tools.Find($"qemu-{processor}-static");
        return (program is not null, program);
    }

    /// <summary>Chooses of the images of a layout the one that is tried: that for this machine, or else the first.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>The image.</returns>
    public static LayoutImage Choose(ImageLayout layout)
    {
        IReadOnlyList<LayoutImage> images = layout.ReadTree().Images;
        return images.FirstOrDefault(i => i.Config.Architecture == Native) ?? images[0];
    }

    /// <summary>The processor of this machine, in the words of the OCI image specification.</summary>
    public static string Native => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        _ => "arm",
    };
}
