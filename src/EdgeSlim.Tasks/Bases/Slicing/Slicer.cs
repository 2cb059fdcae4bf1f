using System.Text;
using System.Text.RegularExpressions;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Takes of a root file system what an application needs, and what says whose it is.</summary>
/// <param name="source">The root file system.</param>
/// <param name="name">What to call it; its own name for itself is added.</param>
public sealed partial class Slicer(SourceFileSystem source, string name)
{
    private const string OsRelease = "/etc/os-release";

    /// <summary>Takes it.</summary>
    /// <param name="request">What is needed.</param>
    /// <returns>What there is of it.</returns>
    /// <exception cref="EdgeException">A file cannot be read, or certificates or time zones are missing (EDGE2040, EDGE2041).</exception>
    public Slice Cut(SliceRequest request)
    {
        FileCollector files = new();
        CodeSlicer code = new(request, source, files);
        code.Cut();
        bool hasCode = files.Files.Count > 0;
        if (request.IcuData is IcuDataFilter filter && code.IcuUsers.Count == 0)
        {
            Shorten(files, filter);
        }

        HashSet<string> gives = [.. code.Gives];
        AddData(request, files, gives);
        IReadOnlyList<SlicedPackage> packages = [];
        if (files.Files.Count > 0)
        {
            packages = new PackageIdentity(source, request.Data).Add(files);
        }

        return new Slice
        {
            Source = Described(),
            Files = files.Files,
            Packages = packages,
            Gives = [.. gives.Order(StringComparer.Ordinal)],
            Missing = [.. code.Missing.Distinct()],
            Absent = [.. code.Absent.Distinct()],
            HasCode = hasCode,
        };
    }

    private void AddData(SliceRequest request, FileCollector files, HashSet<string> gives)
    {
        SystemFiles data = new(request.Data, source);
        if (request.CaCertificates)
        {
            files.Add(data.CaCertificates() with { Reason = "certificates are checked against it" });
            gives.Add(KnownNeeds.CaCertificates);
        }

        if (request.TimeZones)
        {
            foreach (SystemFile zone in data.TimeZones())
            {
                files.Add(zone with { Reason = "time zones are looked up" });
            }

            gives.Add(KnownNeeds.TimeZones);
        }
    }

    private void Shorten(FileCollector files, IcuDataFilter filter)
    {
        foreach (SystemFile data in files.Files.Where(f => f.Source is not null && IcuDataFilter.IsData(f.TargetPath)))
        {
            if (filter.Filter(data.TargetPath, source.Read(data.TargetPath)!) is string smaller)
            {
                files.Replace(data with { Source = smaller, Reason = $"{data.Reason}; without what .NET does not ask for" });
            }
        }
    }

    private string Described() =>
        source.Read(OsRelease) is byte[] text && PrettyName().Match(Encoding.UTF8.GetString(text)) is { Success: true } match
            ? $"{name} ({match.Groups[1].Value})"
            : name;

    [GeneratedRegex("^PRETTY_NAME=[\"']?([^\"'\n]+)", RegexOptions.Multiline)]
    private static partial Regex PrettyName();
}
