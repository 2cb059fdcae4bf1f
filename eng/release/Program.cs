using EdgeSlim.Diagnostics;
using EdgeSlim.Release;

if (args is not [string folder, string assets])
{
    Console.Error.WriteLine("usage: EdgeSlim.Release FOLDER PROJECT.ASSETS.JSON");
    return 2;
}

try
{
    foreach (string package in Directory.EnumerateFiles(folder, "*.nupkg"))
    {
        File.WriteAllBytes(Path.ChangeExtension(package, ".cdx.json"), PackageBill.Write(package, assets));
    }

    return 0;
}
catch (EdgeException e)
{
    Console.Error.WriteLine($"error {e.Code}: {e.Message}");
    return 1;
}
