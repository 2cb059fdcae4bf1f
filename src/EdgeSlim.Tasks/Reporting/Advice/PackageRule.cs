using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Packages with a large share.</summary>
internal static class PackageRule
{
    private const long Least = 100_000;
    private const int Most = 5;

    public static IEnumerable<SizeAdvice> Check(AdviceRequest request) =>
        request.Map
            .Find(n => n.Kind == SizeKinds.Package && n.Name == "Packages")
            .SelectMany(n => n.Parts)
            .Where(p => p.Bytes >= Math.Max(Least, request.Map.Bytes / 100))
            .OrderByDescending(p => p.Bytes)
            .Take(Most)
            .Select(p => Advice(request, p));

    private static SizeAdvice Advice(AdviceRequest request, SizeNode package)
    {
        string users = string.Join(", ", package.Parts.Select(a => request.UsersOf(a.Name)).Where(u => u.Length > 0).Distinct());
        IReadOnlyList<string> chain = request.Reasons.FirstOrDefault(r => r.Kind == "package" && r.Name == package.Name)?.Chain ?? [];
        return new SizeAdvice
        {
            Rule = "package",
            Title = $"{package.Name} {package.Detail} brings {ByteText.Of(package.Bytes)}",
            Text = (users.Length > 0 ? $"It is used by {users}. " : "")
                + (chain.Count > 1 ? $"It came with {chain[0]} ({string.Join(" \u2192 ", chain)}). " : "")
                + "This is its own code, without that of .NET which only it needs.",
            Bytes = package.Bytes,
            IsMeasured = true,
            Change = chain.Count > 1 || package.Detail is null ? null : $"<PackageReference Remove=\"{package.Name}\" />",
        };
    }
}
