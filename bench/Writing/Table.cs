using System.Text;

namespace EdgeSlim.Bench.Writing;

/// <summary>A table in Markdown: the first column on the left, figures on the right.</summary>
/// <param name="titles">The titles of its columns.</param>
internal sealed class Table(params IReadOnlyList<string> titles)
{
    private readonly StringBuilder _text = new($"| {string.Join(" | ", titles)} |\n|---{string.Concat(titles.Skip(1).Select(_ => "|---:"))}|\n");

    public Table Row(params IReadOnlyList<string> cells)
    {
        _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        return this;
    }

    public override string ToString() => _text.ToString();
}
