using System.Runtime.CompilerServices;
using Microsoft.Build.Locator;

namespace EdgeSlim.Tests;

/// <summary>Lets the tests load the MSBuild of the .NET SDK that built them, before the first test touches a type of it.</summary>
internal static class MSBuildRegistration
{
    /// <summary>What CI systems tell their jobs. A build of a test must not read it, nor write where it points.</summary>
    private static readonly string[] OfTheMachine =
    [
        "GITHUB_SHA", "GITHUB_REF_NAME", "GITHUB_STEP_SUMMARY", "GITHUB_WORKFLOW_REF", "CI_COMMIT_SHA", "CI_CONFIG_REF_URI", "CI_PROJECT_URL",
        "SOURCE_DATE_EPOCH",
    ];

    /// <summary>The folder of the .NET SDK that built this assembly.</summary>
    public static string Folder { get; } = typeof(MSBuildRegistration).Assembly.GetCustomAttributes(false)
        .OfType<System.Reflection.AssemblyMetadataAttribute>().Single(a => a.Key == "MSBuildFolder").Value!;

#pragma warning disable CA2255 // Test classes may name MSBuild's types anywhere: nothing else runs before all of them.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        MSBuildLocator.RegisterMSBuildPath(Folder);

        // Builds block the threads of the pool that they run on, and the pool adds one only each half a second.
        ThreadPool.SetMinThreads(32, 32);

        // The command line sets it for MSBuild, which starts task hosts with it.
        Environment.SetEnvironmentVariable("DOTNET_HOST_PATH", Path.Combine(Folder, "../../dotnet"));
        foreach (string name in OfTheMachine)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
