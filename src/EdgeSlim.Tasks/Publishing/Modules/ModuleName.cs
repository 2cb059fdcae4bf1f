using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing.Modules;

/// <summary>A module's name, and what it is called in code: <c>log_collector</c> is <c>EdgeModules.LogCollector</c>.</summary>
public sealed partial record ModuleName
{
    private ModuleName(string text)
    {
        Text = text;
        Property = string.Concat(text.Split('_', '-', '.').Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
    }

    /// <summary>As the project writes it.</summary>
    public string Text { get; }

    /// <summary>The property of the generated class <c>EdgeModules</c>.</summary>
    public string Property { get; }

    /// <summary>The switch of <see cref="AppContext"/> that turns it on and off.</summary>
    public string Switch => "EdgeModules." + Property;

    /// <summary>The constant that is defined while it is on.</summary>
    public string Constant => "EDGE_MODULE_" + Text.Replace('-', '_').Replace('.', '_').ToUpperInvariant();

    /// <summary>Reads a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="location">Where it stands; null for the project.</param>
    /// <returns>The name.</returns>
    /// <exception cref="EdgeException">It makes no name in C# (EDGE1033).</exception>
    public static ModuleName Parse(string text, SourceLocation? location = null) => Words().IsMatch(text)
        ? new ModuleName(text)
        : throw new EdgeException(
            DiagnosticCodes.InvalidModuleName, text, "a name is made of ASCII letters and digits, with '_', '-' or '.' between words, and begins with a letter")
        {
            Location = location,
        };

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]*([_.-][A-Za-z0-9]+)*\z")]
    private static partial Regex Words();
}
