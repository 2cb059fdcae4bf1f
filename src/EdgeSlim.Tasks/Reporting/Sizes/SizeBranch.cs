namespace EdgeSlim.Reporting.Sizes;

/// <summary>A part of an image while its bytes are counted.</summary>
/// <param name="name">What it is called.</param>
/// <param name="kind">One of <see cref="SizeKinds"/>.</param>
internal sealed class SizeBranch(string name, string kind)
{
    private readonly Dictionary<(string Name, string Kind), SizeBranch> _parts = [];
    private long _own;
    private int _count;
    private bool _isShare;

    /// <summary>What else there is to say of it.</summary>
    public string? Detail { get; set; }

    /// <summary>The part of a name, made where there is none yet.</summary>
    public SizeBranch Part(string name, string kind)
    {
        if (!_parts.TryGetValue((name, kind), out SizeBranch? part))
        {
            part = new SizeBranch(name, kind);
            _parts.Add((name, kind), part);
        }

        return part;
    }

    /// <summary>Counts bytes that belong to none of its parts.</summary>
    public void Add(long bytes, bool isShare = false)
    {
        _own += bytes;
        _count++;
        _isShare |= isShare;
    }

    /// <summary>What was counted.</summary>
    public SizeNode Build()
    {
        List<SizeNode> parts = [.. _parts.Values.Select(p => p.Build()).Where(p => p.Bytes != 0)];
        if (_own != 0 && parts.Count > 0)
        {
            parts.Add(new SizeNode { Name = name, Kind = SizeKinds.Data, Bytes = _own });
        }

        parts.Sort((a, b) => a.Bytes != b.Bytes ? b.Bytes.CompareTo(a.Bytes) : string.CompareOrdinal(a.Name, b.Name));
        return new SizeNode
        {
            Name = name,
            Kind = kind,
            Bytes = parts.Count == 0 ? _own : parts.Sum(p => p.Bytes),
            Detail = Detail,
            Count = parts.Count == 0 && _count > 1 && kind == SizeKinds.Method ? _count : null,
            IsShare = parts.Count == 0 && _isShare ? true : null,
            Children = parts.Count == 0 ? null : parts,
        };
    }
}
