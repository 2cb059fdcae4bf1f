namespace EdgeSlim.Oci.Deflate;

/// <summary>A part of the input with a code of its own.</summary>
internal sealed class Block
{
    public int Start { get; set; }

    public int End { get; set; }

    public BlockHistogram Histogram { get; } = new();

    public CostModel Costs { get; } = new();

    /// <summary>Set when the steps are final.</summary>
    public BlockCode? Code { get; set; }
}
