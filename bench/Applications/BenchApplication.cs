namespace EdgeSlim.Bench.Applications;

/// <summary>An application that is measured.</summary>
/// <param name="Key">Its name on the command line and in the registry.</param>
/// <param name="Title">Its name in the tables.</param>
/// <param name="Sdk">The .NET SDK of its kind.</param>
/// <param name="Code">Its program.</param>
internal sealed record BenchApplication(string Key, string Title, string Sdk, string Code)
{
    /// <summary>The items of its project.</summary>
    public string Items { get; init; } = "";

    /// <summary>Whether it brings .NET along as files; otherwise it is compiled ahead of time.</summary>
    public bool IsSelfContained { get; init; }

    /// <summary>The path that answers when it is ready; null for one that does not listen.</summary>
    public string? ReadyPath { get; init; }

    /// <summary>What it says when it is ready; null for one that listens, or that does its work and ends.</summary>
    public string? ReadyText { get; init; }

    /// <summary>Makes its project.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="sdkLine">The line of a further SDK; empty for none.</param>
    /// <param name="properties">Properties beside those that it has itself.</param>
    public void WriteTo(string folder, string sdkLine, string properties)
    {
        File.WriteAllText(
            Path.Combine(folder, "App.csproj"),
            $"""
            <Project Sdk="{Sdk}">
              {sdkLine}
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>{Items}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Code);
    }
}
