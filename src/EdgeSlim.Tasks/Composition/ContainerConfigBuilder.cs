using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>Makes the execution parameters of an image from what the user says and what the base has. Pure.</summary>
internal static partial class ContainerConfigBuilder
{
    private const string DefaultWorkingDirectory = "/app";
    private const int DefaultWebPort = 8080;

    public static ContainerConfig Build(
        ImageOptions options, BaseImage baseImage, IReadOnlyDictionary<string, string> labels)
    {
        ContainerConfig fromBase = baseImage.Config?.Config ?? new ContainerConfig();
        string workingDirectory = WorkingDirectory(options);
        List<string> environment = Environment(options, fromBase);
        (IReadOnlyList<string>? entrypoint, IReadOnlyList<string>? command) = Command(options, workingDirectory, fromBase);
        return fromBase with
        {
            User = User(options, baseImage),
            ExposedPorts = Ports(options, environment, fromBase),
            Env = environment.Count == 0 ? null : environment,
            Entrypoint = entrypoint,
            Cmd = command,
            WorkingDir = workingDirectory,
            Labels = labels.Count == 0 ? null : labels,
        };
    }

    public static string WorkingDirectory(ImageOptions options)
    {
        if (options.WorkingDirectory.Length == 0)
        {
            return DefaultWorkingDirectory;
        }

        string trimmed = options.WorkingDirectory.TrimEnd('/');
        bool isValid = options.WorkingDirectory[0] == '/'
            && !trimmed.Split('/').Any(part => part is "." or "..")
            && !trimmed.Contains("//", StringComparison.Ordinal)
            && !trimmed.Contains('\0', StringComparison.Ordinal);
        return isValid
            ? trimmed.Length == 0 ? "/" : trimmed
            : throw new EdgeException(DiagnosticCodes.InvalidWorkingDirectory, options.WorkingDirectory);
    }

    private static string? User(ImageOptions options, BaseImage baseImage)
    {
        if (options.User.Length == 0)
        {
            return baseImage.IsScratch
                ? ScratchRootFileSystem.NonRootId.ToString(CultureInfo.InvariantCulture)
                : UserOfBase(baseImage.Config!.Config);
        }

        bool isKnown = options.User.Split(':') is { Length: 1 or 2 } parts
            && parts.All(p => IsId(p) || ScratchRootFileSystem.UserNames.Contains(p));
        return isKnown || !baseImage.IsScratch
            ? options.User
            : throw new EdgeException(DiagnosticCodes.InvalidUser, options.User);
    }

    // Microsoft's images run as root and name the user that they made for the application in APP_UID.
    private static string? UserOfBase(ContainerConfig? config) =>
        string.IsNullOrEmpty(config?.User)
            ? config?.Env?.FirstOrDefault(e => e.StartsWith("APP_UID=", StringComparison.Ordinal))?["APP_UID=".Length..]
            : config.User;

    private static bool IsId(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static List<string> Environment(ImageOptions options, ContainerConfig fromBase)
    {
        Dictionary<string, string> byName = new(StringComparer.Ordinal);
        foreach (string variable in fromBase.Env ?? [])
        {
            int equals = variable.IndexOf('=', StringComparison.Ordinal);
            byName[equals < 0 ? variable : variable[..equals]] = equals < 0 ? "" : variable[(equals + 1)..];
        }

        byName["DOTNET_RUNNING_IN_CONTAINER"] = "true";
        foreach ((string name, string value) in options.EnvironmentVariables)
        {
            if (name.Length == 0 || name.AsSpan().IndexOfAny('=', '\0') >= 0)
            {
                throw new EdgeException(DiagnosticCodes.InvalidEnvironmentVariable, name);
            }

            byName[name] = value;
        }

        // Without it Kestrel listens on the container's own loopback, where nobody can reach it.
        bool isAddressed = byName.Keys.Any(
            n => n is "ASPNETCORE_URLS" or "ASPNETCORE_HTTP_PORTS" or "ASPNETCORE_HTTPS_PORTS" or "URLS" or "HTTP_PORTS");
        if (options.IsWeb && !isAddressed)
        {
            byName["ASPNETCORE_HTTP_PORTS"] = DefaultWebPort.ToString(CultureInfo.InvariantCulture);
        }

        return [.. byName.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")];
    }

    private static SortedDictionary<string, EmptyObject>? Ports(
        ImageOptions options, List<string> environment, ContainerConfig fromBase)
    {
        SortedDictionary<string, EmptyObject> ports = new(StringComparer.Ordinal);
        foreach (string port in fromBase.ExposedPorts?.Keys ?? [])
        {
            ports[port] = new EmptyObject();
        }

        foreach ((string port, string type) in options.Ports)
        {
            string protocol = type.Length == 0 ? "tcp" : type.ToLowerInvariant();
            if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || number is < 1 or > 65535
                || protocol is not ("tcp" or "udp"))
            {
                throw new EdgeException(DiagnosticCodes.InvalidPort, port, type);
            }

            ports[$"{number}/{protocol}"] = new EmptyObject();
        }

        foreach (int port in WebPorts(environment))
        {
            ports[$"{port}/tcp"] = new EmptyObject();
        }

        return ports.Count == 0 ? null : ports;
    }

    // As Kestrel has it: where addresses are given, ports alone do not count.
    private static IEnumerable<int> WebPorts(List<string> environment)
    {
        string[] urls = Values(environment, "ASPNETCORE_URLS");
        IEnumerable<string> ports = urls.Length > 0
            ? urls.Select(url => PortOfUrl().Match(url).Groups[1].Value)
            : [.. Values(environment, "ASPNETCORE_HTTP_PORTS"), .. Values(environment, "ASPNETCORE_HTTPS_PORTS")];
        return ports
            .Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0)
            .Where(n => n is > 0 and <= 65535);
    }

    private static string[] Values(List<string> environment, string name) =>
        environment.Find(v => v.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..]
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    [GeneratedRegex(@"^\w+://[^/]+:(\d+)(/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex PortOfUrl();

    private static (IReadOnlyList<string>? Entrypoint, IReadOnlyList<string>? Command) Command(
        ImageOptions options, string workingDirectory, ContainerConfig fromBase)
    {
        string executable = workingDirectory.TrimEnd('/') + "/" + options.Executable;
        List<string> app = [.. options.AppCommand.Count > 0 ? options.AppCommand : [executable], .. options.AppCommandArgs];
        bool hasEntrypoint = options.Entrypoint.Count > 0;
        List<string> entrypoint = hasEntrypoint ? [.. options.Entrypoint, .. options.EntrypointArgs] : [];

        // Arguments of no entry point are the application's own, as in-box has it.
        List<string> defaults = hasEntrypoint ? [.. options.DefaultArgs] : [.. options.EntrypointArgs, .. options.DefaultArgs];
        (List<string> first, List<string> rest) = options.AppCommandInstruction switch
        {
            // An explicit entry point keeps its place; the application then is its argument, as in-box has it.
            AppCommandInstruction.Entrypoint when !hasEntrypoint => (app, defaults),
            AppCommandInstruction.None => (entrypoint, defaults),
            _ => (entrypoint, (List<string>)[.. app, .. defaults]),
        };
        return (
            first.Count > 0 ? first : EntrypointOf(fromBase),
            rest.Count > 0 ? rest : first.Count > 0 ? null : fromBase.Cmd);
    }

    // Some of Microsoft's images start 'dotnet', which an application that is its own executable does not need.
    private static IReadOnlyList<string>? EntrypointOf(ContainerConfig fromBase) =>
        fromBase.Entrypoint is ["dotnet" or "/usr/bin/dotnet"] ? null : fromBase.Entrypoint;
}
