using System.Globalization;
using System.Security;
using System.Text;

namespace EdgeSlim.Bench.Writing;

/// <summary>An SVG that reads on light and on dark pages: it brings its own ground.</summary>
/// <param name="width">Its width.</param>
/// <param name="height">Its height.</param>
/// <param name="title">What it shows.</param>
internal sealed class Chart(double width, double height, string title)
{
    /// <summary>The colours of the contenders, EdgeSlim's first; they differ in lightness too.</summary>
    public static IReadOnlyList<string> Colours { get; } = ["#0b6e4f", "#7a8fb3", "#d9a05b"];

    private readonly StringBuilder _body = new();

    public void Box(double x, double y, double boxWidth, double boxHeight, string colour) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{boxWidth:0.#}\" height=\"{boxHeight:0.#}\" fill=\"{colour}\"/>\n");

    public void Text(double x, double y, string text, string anchor = "start", string colour = "#222", int size = 12) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{colour}\" font-size=\"{size}\">{SecurityElement.Escape(text)}</text>\n");

    public void Line(IEnumerable<(double X, double Y)> points, string colour, double strokeWidth = 2) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<polyline points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")))}\" "
        + $"fill=\"none\" stroke=\"{colour}\" stroke-width=\"{strokeWidth}\"/>\n");

    public void Dot(double x, double y, string colour) =>
        _body.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4\" fill=\"{colour}\"/>\n");

    /// <summary>The colours and what they stand for.</summary>
    public void Legend(double x, double y, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            Box(x + (i * 150), y - 10, 12, 12, Colours[i]);
            Text(x + (i * 150) + 18, y, names[i]);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif">
        <title>{SecurityElement.Escape(title)}</title>
        <rect width="100%" height="100%" fill="#fff"/>
        <text x="16" y="24" fill="#222" font-size="15" font-weight="bold">{SecurityElement.Escape(title)}</text>
        {_body}</svg>

        """);
}
