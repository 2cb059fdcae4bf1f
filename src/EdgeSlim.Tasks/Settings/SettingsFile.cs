using System.Globalization;
using System.Text.Json;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Settings;

/// <summary>
/// Reads a JSON file as <c>Microsoft.Extensions.Configuration.Json</c> does: comments and trailing commas are taken, a name may
/// hold colons, and no setting may stand there twice. Pure.
/// </summary>
internal ref struct SettingsFile
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _path;
    private readonly ReadOnlySpan<byte> _content;
    private readonly Dictionary<string, Setting> _settings = new(StringComparer.OrdinalIgnoreCase);
    private Utf8JsonReader _json;

    private SettingsFile(string path, ReadOnlySpan<byte> content)
    {
        _path = path;
        _content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        _json = new Utf8JsonReader(_content, Options);
    }

    /// <summary>Reads it.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="content">What it holds: UTF-8.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="EdgeException">.NET could not read it (EDGE7045); the place is said.</exception>
    public static IReadOnlyCollection<Setting> Read(string path, ReadOnlySpan<byte> content)
    {
        SettingsFile file = new(path, content);
        try
        {
            if (!file._json.Read() || file._json.TokenType != JsonTokenType.StartObject)
            {
                throw file.Malformed("it has to be an object: { \"Name\": \"value\" }", file.Location());
            }

            file.ReadObject("");

            // What stands behind the document is seen only by reading on.
            file._json.Read();
            return file._settings.Values;
        }
        catch (JsonException e)
        {
            // Counted from zero, in bytes.
            throw file.Malformed(
                e.Message.Split(" LineNumber:")[0].TrimEnd('.'),
                new SourceLocation(path, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1));
        }
    }

    private void ReadObject(string path)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            SourceLocation location = Location();
            string name = Text();
            _json.Read();
            ReadValue(Combine(path, name), location);
        }
    }

    private void ReadArray(string path)
    {
        for (int i = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; i++)
        {
            ReadValue(Combine(path, i.ToString(CultureInfo.InvariantCulture)), Location());
        }
    }

    private void ReadValue(string path, SourceLocation location)
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadObject(path);
                break;
            case JsonTokenType.StartArray:
                ReadArray(path);
                break;
            default:
                bool hasText = _json.TokenType == JsonTokenType.String && _json.ValueSpan.Length > 0;
                if (!_settings.TryAdd(path, new Setting(path, hasText, location)))
                {
                    throw Malformed($"the setting '{path}' stands there twice; .NET takes upper and lower case for the same", location);
                }

                break;
        }
    }

    private static string Combine(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("a name has half a surrogate pair", Location());
        }
    }

    private readonly EdgeException Malformed(string what, SourceLocation location) =>
        new(DiagnosticCodes.SettingsMalformed, _path, what) { Location = location };

    private readonly SourceLocation Location()
    {
        ReadOnlySpan<byte> before = _content[..(int)_json.TokenStartIndex];
        return new SourceLocation(_path, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }
}
