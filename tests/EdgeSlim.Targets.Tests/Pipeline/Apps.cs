namespace EdgeSlim.Tests;

/// <summary>The applications that the tests of the stages share. Each is compiled once in a run of the tests.</summary>
internal static partial class Apps
{
    private const string Console = """
        <PropertyGroup>
          <OutputType>Exe</OutputType>
          <TargetFramework>net10.0</TargetFramework>
          <ImplicitUsings>enable</ImplicitUsings>
          <Nullable>enable</Nullable>
        </PropertyGroup>
        """;

    /// <summary>The sample HelloAgent: a console application, static, on scratch.</summary>
    public static readonly PublishedApp Hello = new("HelloAgent", Sample("HelloAgent"), Console);

    private static Dictionary<string, string> Sample(string name)
    {
        string folder = Path.Combine(Repository.Root, "samples", name);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f))
            .Where(f => !f.StartsWith("bin/", StringComparison.Ordinal) && !f.StartsWith("obj/", StringComparison.Ordinal) && !f.EndsWith("proj", StringComparison.Ordinal))
            .ToDictionary(f => f, f => File.ReadAllText(Path.Combine(folder, f)));
    }
}
