namespace EdgeSlim.Publishing.Modules;

/// <summary>A part of the application that a site needs or does not.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsEnabled">Whether it is in the image.</param>
public sealed record EdgeModule(ModuleName Name, bool IsEnabled)
{
    /// <summary>The modules that it does not work without.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The packages that are referenced for it.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Its source files, with MSBuild's wildcards; empty where they are compiled in any case.</summary>
    public string Compile { get; init; } = "";
}
