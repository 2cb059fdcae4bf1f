namespace EdgeSlim.Tests;

/// <summary>Reads the arguments of <c>dotnet msbuild</c> that the tests use: a project, and properties.</summary>
internal static class CommandLine
{
    /// <summary>The path of the project, where one is named.</summary>
    public static string? Project(IEnumerable<string> arguments) => arguments.SingleOrDefault(a => !a.StartsWith('-'));

    /// <summary>Reads <c>-p:NAME=VALUE</c>. Semicolons separate properties, unless quotes hold them together.</summary>
    public static Dictionary<string, string> Properties(IEnumerable<string> arguments)
    {
        Dictionary<string, string> properties = new(StringComparer.OrdinalIgnoreCase);
        foreach (string argument in arguments.Where(a => a.StartsWith('-')))
        {
            if (!argument.StartsWith("-p:", StringComparison.Ordinal))
            {
                throw new ArgumentException($"'{argument}' is not a property.");
            }

            foreach (string property in Parts(argument["-p:".Length..]))
            {
                string[] parts = property.Split('=', 2);
                properties[parts[0]] = parts[1].Replace("\"", "", StringComparison.Ordinal);
            }
        }

        return properties;
    }

    private static IEnumerable<string> Parts(string text)
    {
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '"';
            if (text[i] == ';' && !isQuoted)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
