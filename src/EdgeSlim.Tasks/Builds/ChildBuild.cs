using System.Text;
using EdgeSlim.Processes;

namespace EdgeSlim.Builds;

/// <summary>
/// A build in a process of its own: <c>dotnet build</c>, of a project or of a file. A property may be a secret, and everybody on the
/// machine can read the arguments of a program: properties go through its standard input.
/// </summary>
/// <param name="Dotnet">The dotnet program.</param>
/// <param name="Path">The project or the file.</param>
/// <param name="Target">What is made.</param>
/// <param name="Properties">Properties of the command line, as MSBuild writes them there.</param>
public sealed record ChildBuild(string Dotnet, string Path, string Target, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>The folder of the .NET SDK that builds; empty for that of the folder's global.json.</summary>
    public string Sdk { get; init; } = "";

    /// <summary>Further options of <c>dotnet build</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What the program is started with.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. Sdk.Length > 0 ? [System.IO.Path.Combine(Sdk, "dotnet.dll")] : Array.Empty<string>(),
        "build", Path, $"-t:{Target}", "-nologo", "-tl:off", .. Options, "@/dev/stdin",
    ];

    /// <summary>What the program reads: an argument a line.</summary>
    public string Input => string.Concat(Properties.OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase).Select(p => $"-p:{p.Key}={PropertyText.Line(p.Value)}\n"));

    /// <summary>Describes the process.</summary>
    public ProcessRequest Request => new(Dotnet, Arguments)
    {
        // It removes what it has started.
        Grace = TimeSpan.FromSeconds(5),
        WorkingFolder = System.IO.Path.GetDirectoryName(Path)!,
        WriteInput = async (input, cancellationToken) => await input.WriteAsync(Encoding.UTF8.GetBytes(Input), cancellationToken),
        Environment = new Dictionary<string, string>
        {
            // The project of a file is in the memory of this process, and no other node finds it there.
            ["MSBUILDNOINPROCNODE"] = "0",
            // A server or a node would go on with the environment of this build, and keep its output open.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        },
    };
}
