using System.Text;

namespace EdgeSlim.Registry.Authentication;

/// <summary>
/// Reads <c>WWW-Authenticate</c>: several challenges may share one header, and both they and their parameters are
/// separated by commas. What cannot be understood is skipped.
/// </summary>
internal ref struct ChallengeParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;

    private ChallengeParser(string text) => _text = text;

    private readonly bool AtEnd => _position >= _text.Length;

    public static IReadOnlyList<Challenge> Parse(IEnumerable<string> headers) => [.. headers.SelectMany(Parse)];

    private static List<Challenge> Parse(string header)
    {
        List<Challenge> challenges = [];
        Dictionary<string, string>? parameters = null;
        var parser = new ChallengeParser(header);
        while (parser.NextItem())
        {
            string token = parser.Token();
            if (token.Length == 0)
            {
                // Not a token: without this step the loop would stand still.
                parser._position++;
                continue;
            }

            parser.SkipBlanks();
            if (parser.At('=') && parameters is not null)
            {
                parser._position++;
                parser.SkipBlanks();
                // The first of two equal names counts; a token68 ("abc==") becomes a parameter that nobody asks for.
                parameters.TryAdd(token, parser.At('"') ? parser.Quoted() : parser.Token());
            }
            else
            {
                parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                challenges.Add(new Challenge(token, parameters));
            }
        }

        return challenges;
    }

    private static bool IsTokenCharacter(char c) => !char.IsWhiteSpace(c) && c is not (',' or '=' or '"');

    private readonly bool At(char c) => !AtEnd && _text[_position] == c;

    private bool NextItem()
    {
        while (!AtEnd && (char.IsWhiteSpace(_text[_position]) || _text[_position] == ','))
        {
            _position++;
        }

        return !AtEnd;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    private string Token()
    {
        int start = _position;
        while (!AtEnd && IsTokenCharacter(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position].ToString();
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        for (_position++; !AtEnd && !At('"'); _position++)
        {
            if (At('\\') && _position + 1 < _text.Length)
            {
                _position++;
            }

            value.Append(_text[_position]);
        }

        _position++;
        return value.ToString();
    }
}
