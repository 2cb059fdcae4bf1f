namespace EdgeSlim.Tests;

/// <summary>A base image with the runtime of this machine's .NET, made once: it is large. Its applications need no compiler.</summary>
internal static class RuntimeBase
{
    private static readonly Lazy<TemporaryFolder> Folder = new(() =>
    {
        TemporaryFolder folder = new();
        BaseImages.Runtime(folder["base"]);
        return folder;
    });

    /// <summary>The folder of its image layout.</summary>
    public static string Layout => Folder.Value["base"];

    /// <summary>The options that put an application on it.</summary>
    public static string[] Options => ["-p:EdgeMode=framework", "-p:PublishAot=false", $"-p:EdgeBase=oci:{Layout}"];

    public static void Dispose()
    {
        if (Folder.IsValueCreated)
        {
            Folder.Value.Dispose();
        }
    }
}
