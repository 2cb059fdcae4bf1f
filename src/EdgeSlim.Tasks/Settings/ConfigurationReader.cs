using System.Text;
using System.Text.Unicode;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Policy;
using EdgeSlim.Publishing;

namespace EdgeSlim.Settings;

/// <summary>Reads the configuration of an application, and says before anything is built what a cluster or the application would refuse.</summary>
/// <param name="request">What the project says of it.</param>
/// <param name="diagnostics">Where to say what looks wrong and need not be.</param>
public sealed class ConfigurationReader(ConfigurationRequest request, IDiagnosticSink diagnostics)
{
    /// <summary>How much a ConfigMap takes, in bytes: 1 MiB over all values.</summary>
    public const long MaximalSize = 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="EdgeException">A file or a secret cannot be used (EDGE7040 to EDGE7047).</exception>
    public ApplicationConfiguration Read(CancellationToken cancellationToken)
    {
        CheckSecrets();
        List<(string Source, string Key, string Path)> named = [];
        foreach ((string source, string givenKey) in request.Files)
        {
            string key = givenKey.Length > 0 ? givenKey : Path.GetFileName(source);
            if (!ClusterNames.IsKey(key))
            {
                throw new EdgeException(DiagnosticCodes.InvalidConfigKey, source, key);
            }

            if (named.Find(n => n.Key == key) is { Source: not null } other)
            {
                throw new EdgeException(DiagnosticCodes.DuplicateConfigKey, other.Source, source, key);
            }

            named.Add((source, key, Path.GetFullPath(Path.Combine(request.ProjectFolder, source))));
        }

        // Before they are read: somebody may have named a disk image.
        long size = named.Sum(n => Access(n.Path, static p => new FileInfo(p).Length));
        if (size > MaximalSize)
        {
            throw new EdgeException(
                DiagnosticCodes.ConfigTooLarge, string.Join(", ", named.Select(n => $"'{n.Source}'")), size, MaximalSize);
        }

        List<ConfigurationFile> files = [];
        foreach ((_, string key, string path) in named)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] content = Access(path, File.ReadAllBytes);
            Check(path, content);
            string relative = Path.GetRelativePath(request.ProjectFolder, path).Replace('\\', '/');
            files.Add(new ConfigurationFile(key, relative, content.Length, Digest.Of(content)));
        }

        if (!request.IsRead && files.Find(f => ExclusionRules.IsEnvironmentSettings(f.Key)) is { } unread)
        {
            diagnostics.Warning(DiagnosticCodes.SettingsNotRead, unread.Source, request.Folder);
        }

        return new ApplicationConfiguration
        {
            Folder = request.Folder,
            Files = [.. files.OrderBy(f => f.Key, StringComparer.Ordinal)],
            Secrets = [.. request.Secrets.OrderBy(s => s.EnvironmentVariable, StringComparer.Ordinal)],
        };
    }

    private void Check(string path, byte[] content)
    {
        if (!Utf8.IsValid(content))
        {
            throw new EdgeException(DiagnosticCodes.ConfigFileNotText, path);
        }

        if (SecretPatterns.Find(Encoding.UTF8.GetString(content)) is { } secret)
        {
            throw new EdgeException(DiagnosticCodes.SecretInConfigFile, path, secret) { Location = new SourceLocation(path) };
        }

        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        foreach (Setting setting in SettingsFile.Read(path, content).Where(s => s.LooksSecret))
        {
            diagnostics.Warning(setting.Location, DiagnosticCodes.SettingLooksSecret, setting.Path, setting.EnvironmentVariable);
        }
    }

    private void CheckSecrets()
    {
        foreach (SecretReference secret in request.Secrets)
        {
            string? wrong = !ClusterNames.IsVariable(secret.EnvironmentVariable) ? "it is no name for an environment variable"
                : secret.Name.Length == 0 ? "the metadata Name, the name of a Secret, is missing"
                : !ClusterNames.IsName(secret.Name) ? $"'{secret.Name}' is no name for a Secret: lower-case letters, digits, '-' and '.'"
                : !ClusterNames.IsKey(secret.Key) ? $"'{secret.Key}' is no key in a Secret: letters, digits, '-', '_' and '.'"
                : request.Secrets.Count(s => s.EnvironmentVariable == secret.EnvironmentVariable) > 1 ? "it stands there twice"
                : null;
            if (wrong is not null)
            {
                throw new EdgeException(DiagnosticCodes.InvalidSecretReference, secret.EnvironmentVariable, wrong);
            }
        }
    }

    private static T Access<T>(string path, Func<string, T> access)
    {
        try
        {
            return access(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.ConfigFileUnreadable, path, e.Message);
        }
    }
}
