using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Native libraries of packages that nothing names.</summary>
internal static class UnusedLibraryRule
{
    public static IEnumerable<SizeAdvice> Check(AdviceRequest request)
    {
        // What is opened by reflection or by a host is not seen where code is not compiled ahead of time.
        if (!request.IsCompiled)
        {
            yield break;
        }

        HashSet<string> named = [.. request.Needs.Libraries.Select(l => Stem(l.Name))];
        IEnumerable<SizeNode> libraries = request.Map.Parts
            .Where(p => p.Kind is SizeKinds.Package or SizeKinds.File)
            .SelectMany(p => p.Find(n => n.Kind == SizeKinds.File && Path.GetFileName(n.Name).Contains(".so", StringComparison.Ordinal)));
        foreach (SizeNode library in libraries.Where(l => !named.Contains(Stem(Path.GetFileName(l.Name)))))
        {
            yield return new SizeAdvice
            {
                Rule = "unused-library",
                Title = $"Nothing names the library {Path.GetFileName(library.Name)}: {ByteText.Of(library.Bytes)}",
                Text = "No P/Invoke that was compiled and no other library names it. Code that makes up the name at run time is not seen.",
                Bytes = library.Bytes,
                IsMeasured = true,
                Change = $"<EdgeExclude Include=\"{Path.GetFileName(library.Name)}\" />",
            };
        }
    }

    // 'libfoo.so.1', 'libfoo' and 'foo' are one library.
    private static string Stem(string name)
    {
        int end = name.IndexOf(".so", StringComparison.Ordinal);
        string stem = end < 0 ? name : name[..end];
        return stem.StartsWith("lib", StringComparison.Ordinal) ? stem[3..] : stem;
    }
}
