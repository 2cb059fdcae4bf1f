using System.Text.Json;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing.Modules;

/// <summary>Reads <c>edge.modules.json</c>, of which <c>docs/edge.modules.schema.json</c> is the schema. Pure.</summary>
internal ref struct ModulesFile
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _path;
    private readonly ReadOnlySpan<byte> _content;
    private Utf8JsonReader _json;

    private ModulesFile(string path, ReadOnlySpan<byte> content)
    {
        _path = path;
        _content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        _json = new Utf8JsonReader(_content, Options);
    }

    /// <summary>Reads it.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="content">What it holds.</param>
    /// <returns>What it says of each module, in its order.</returns>
    /// <exception cref="EdgeException">It is malformed (EDGE1030); the place is said.</exception>
    public static IReadOnlyList<ModuleSwitch> Read(string path, ReadOnlySpan<byte> content)
    {
        ModulesFile file = new(path, content);
        try
        {
            return file.ReadDocument();
        }
        catch (JsonException e)
        {
            // Counted from zero, in bytes.
            throw file.Malformed(
                e.Message.Split(" LineNumber:")[0], (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        }
    }

    private List<ModuleSwitch> ReadDocument()
    {
        List<ModuleSwitch>? modules = null;
        Expect(JsonTokenType.StartObject, "an object with \"modules\"");
        while (Next() && _json.TokenType == JsonTokenType.PropertyName)
        {
            switch (Text())
            {
                case "modules" when modules is null:
                    modules = ReadModules();
                    break;
                case "$schema":
                    Expect(JsonTokenType.String, "the schema's address");
                    break;
                case "modules":
                    throw Malformed("\"modules\" stands there twice");
                case var name:
                    throw Malformed($"\"{name}\" is not known; there are \"modules\" and \"$schema\"");
            }
        }

        // What stands behind the document is seen only by reading on.
        Next();
        return modules ?? throw Malformed("there is no \"modules\"", 1, 1);
    }

    private List<ModuleSwitch> ReadModules()
    {
        List<ModuleSwitch> modules = [];
        Expect(JsonTokenType.StartObject, "an object with a name and true or false for each module");
        while (Next() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text();
            SourceLocation location = Location();
            if (modules.Any(m => m.Name == name))
            {
                throw Malformed($"the module \"{name}\" stands there twice");
            }

            if (!Next() || _json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            {
                throw Malformed($"the module \"{name}\" is neither true nor false");
            }

            modules.Add(new ModuleSwitch(name, _json.GetBoolean(), location));
        }

        return modules;
    }

    private readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("a name is no sound UTF-8");
        }
    }

    private bool Next() => _json.Read();

    private void Expect(JsonTokenType type, string what)
    {
        if (!Next() || _json.TokenType != type)
        {
            throw Malformed($"{what} is missing");
        }
    }

    private readonly EdgeException Malformed(string what)
    {
        SourceLocation location = Location();
        return Malformed(what, location.Line, location.Column);
    }

    private readonly EdgeException Malformed(string what, int line, int column) =>
        new(DiagnosticCodes.ModulesFileMalformed, _path, what) { Location = new SourceLocation(_path, line, column) };

    private readonly SourceLocation Location()
    {
        ReadOnlySpan<byte> before = _content[..(int)_json.TokenStartIndex];
        return new SourceLocation(_path, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }
}
