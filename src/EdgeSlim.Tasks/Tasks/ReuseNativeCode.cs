using System.Globalization;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Inputs;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>
/// Keeps the AOT compiler from compiling again what it has compiled. The .NET SDK goes by the times of files; an edit that concerns the
/// image alone, such as a label, makes the C# compiler write the same assembly with another time.
/// </summary>
public sealed class ReuseNativeCode : EdgeTask
{
    /// <summary>All files that the AOT compiler reads.</summary>
    [Required]
    public string[] CompilerInputs { get; set; } = [];

    /// <summary>The object file that it writes.</summary>
    [Required]
    public string NativeObject { get; set; } = "";

    /// <summary>The executable that is linked of it.</summary>
    [Required]
    public string NativeBinary { get; set; } = "";

    /// <summary>Where the content of the inputs is remembered.</summary>
    [Required]
    public string MemoryFile { get; set; } = "";

    /// <summary>Whether the compiler has run, or need not: what it has read is remembered.</summary>
    public bool IsCompiled { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        string[] earlier = File.Exists(MemoryFile) ? await File.ReadAllLinesAsync(MemoryFile, cancellationToken) : [];
        IReadOnlyList<string> now = ContentMemory.Describe(CompilerInputs, earlier);
        string begun = MemoryFile + ".begun";
        string took = MemoryFile + ".seconds";
        if (IsCompiled)
        {
            if (File.Exists(begun))
            {
                int seconds = (int)(DateTime.UtcNow - File.GetLastWriteTimeUtc(begun)).TotalSeconds;
                await StageFile.WriteAsync(took, [seconds.ToString(CultureInfo.InvariantCulture)], cancellationToken);
                StageFile.Delete(begun);
            }

            await StageFile.WriteAsync(MemoryFile, now, cancellationToken);
            return;
        }

        if (File.Exists(NativeObject) && ContentMemory.AreSame(earlier, now))
        {
            DateTime compiled = File.GetLastWriteTimeUtc(NativeObject);
            if (CompilerInputs.All(i => File.GetLastWriteTimeUtc(i) <= compiled))
            {
                return;
            }

            // The executable is as new as it was in relation to the object file: one that is to be linked again still is.
            bool isLinked = File.Exists(NativeBinary) && File.GetLastWriteTimeUtc(NativeBinary) >= compiled;
            DateTime time = DateTime.UtcNow;
            File.SetLastWriteTimeUtc(NativeObject, time);
            if (isLinked)
            {
                File.SetLastWriteTimeUtc(NativeBinary, time);
            }

            return;
        }

        // A compiler that is stopped midway leaves an object file of which nothing is known. And a file that is another, but older, would
        // not make the .NET SDK compile.
        StageFile.Delete(MemoryFile);
        StageFile.Delete(NativeObject);
        StageFile.Delete(begun);
        await StageFile.WriteAsync(begun, Array.Empty<string>(), cancellationToken);
        Diagnostics.Important(File.Exists(took)
            ? $"Compiling to native code took {(await File.ReadAllTextAsync(took, cancellationToken)).Trim()} s the last time."
            : "Compiling to native code may take some minutes.");
    }
}
