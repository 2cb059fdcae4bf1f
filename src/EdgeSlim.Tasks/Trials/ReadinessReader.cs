using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Trials;

/// <summary>Reads how it is seen that the application is ready. Pure.</summary>
public static partial class ReadinessReader
{
    private const int UsualPort = 8080;

    /// <summary>The time that an application without any other sign has to run.</summary>
    public static readonly TimeSpan DefaultAlive = TimeSpan.FromSeconds(1);

    /// <summary>Reads the properties; each is empty where it is not set.</summary>
    /// <param name="http">EdgeTrialHttp.</param>
    /// <param name="port">EdgeTrialPort.</param>
    /// <param name="log">EdgeTrialLog.</param>
    /// <param name="exits">EdgeTrialExit.</param>
    /// <param name="alive">EdgeTrialAlive.</param>
    /// <param name="image">The image's settings, for the port that it exposes.</param>
    /// <returns>What is waited for.</returns>
    /// <exception cref="EdgeException">A value cannot be read, or two do not go together.</exception>
    public static Readiness Read(string http, string port, string log, bool exits, string alive, ContainerConfig? image)
    {
        if (exits && http.Length + port.Length > 0)
        {
            throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "EdgeTrialExit", "true", "false where EdgeTrialHttp or EdgeTrialPort is set");
        }

        if (http.Length > 0 && !http.StartsWith('/'))
        {
            throw new EdgeException(DiagnosticCodes.InvalidQuantity, "EdgeTrialHttp", http, "a path, such as /healthz");
        }

        Readiness readiness = new()
        {
            HttpPath = http.Length == 0 ? null : http,
            Port = port.Length > 0 ? PortOf("EdgeTrialPort", port) : http.Length > 0 ? ExposedPort(image) : null,
            LogPattern = log.Length == 0 ? null : PatternOf(log),
            Exits = exits,
            Alive = alive.Length == 0
                ? TimeSpan.Zero
                : Quantity.Duration("EdgeTrialAlive", alive, TimeSpan.FromMilliseconds(1)),
        };
        return readiness.HasSign || alive.Length > 0 ? readiness : readiness with { Alive = DefaultAlive };
    }

    /// <summary>Reads a port.</summary>
    /// <param name="property">The property that has it.</param>
    /// <param name="port">What the user wrote.</param>
    /// <returns>The port.</returns>
    /// <exception cref="EdgeException">It is none (EDGE6003).</exception>
    public static int PortOf(string property, string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65536
            ? number
            : throw new EdgeException(DiagnosticCodes.InvalidQuantity, property, port, "a port, a number from 1 to 65535");

    /// <summary>The port that an image exposes; the first of several, and the usual one where it exposes none.</summary>
    /// <param name="image">The image's settings.</param>
    /// <returns>The port.</returns>
    public static int ExposedPort(ContainerConfig? image) => (image?.ExposedPorts?.Keys ?? [])
        .Select(p => Exposed().Match(p))
        .Where(m => m.Success)
        .Select(m => int.Parse(m.Groups["port"].Value, CultureInfo.InvariantCulture))
        .Order()
        .FirstOrDefault(UsualPort);

    private static string PatternOf(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return pattern;
        }
        catch (RegexParseException e)
        {
            throw new EdgeException(e, DiagnosticCodes.InvalidQuantity, "EdgeTrialLog", pattern, $"a regular expression: {e.Message}");
        }
    }

    [GeneratedRegex(@"\A(?<port>[0-9]{1,5})(/tcp)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Exposed();
}
