using System.Globalization;
using System.Resources;

namespace EdgeSlim.Diagnostics;

/// <summary>The texts of <c>Resources/Strings.resx</c>, one for each code.</summary>
internal static class Messages
{
    private static readonly ResourceManager Strings =
        new("EdgeSlim.Resources.Strings", typeof(Messages).Assembly);

    /// <exception cref="ArgumentException">There is no text for <paramref name="code"/>.</exception>
    public static string Format(string code, params object?[] arguments)
    {
        string text = Strings.GetString(code, CultureInfo.InvariantCulture)
            ?? throw new ArgumentException($"Strings.resx has no text for {code}.", nameof(code));
        return string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}
