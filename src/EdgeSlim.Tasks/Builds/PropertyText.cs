namespace EdgeSlim.Builds;

/// <summary>How the value of a property is written on a command line.</summary>
public static class PropertyText
{
    /// <summary>Writes a text so that MSBuild takes it as it is.</summary>
    /// <param name="text">The text.</param>
    public static string Literal(string text) => Separated(text.Replace("%", "%25", StringComparison.Ordinal));

    /// <summary>Writes what MSBuild has escaped so that nothing in it begins another property.</summary>
    /// <param name="value">The value.</param>
    public static string Separated(string value) => value
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal)
        .Replace("\"", "%22", StringComparison.Ordinal);

    /// <summary>Writes what MSBuild has escaped in one line. A list stays one: an equals sign in it would begin another property.</summary>
    /// <param name="value">The value.</param>
    internal static string Line(string value)
    {
        string line = value.Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
        line = line.Contains(';', StringComparison.Ordinal) ? line.Replace("=", "%3D", StringComparison.Ordinal) : line;

        // Blanks at the ends of a line are cut off.
        string text = line.Trim(' ');
        int start = line.IndexOf(text, StringComparison.Ordinal);
        return Blanks(start) + text + Blanks(line.Length - start - text.Length);
    }

    private static string Blanks(int count) => string.Concat(Enumerable.Repeat("%20", count));
}
