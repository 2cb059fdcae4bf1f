using System.Runtime.CompilerServices;

namespace EdgeSlim.Tests;

/// <summary>The sources of the product, for tests that look at them.</summary>
internal static class Sources
{
    /// <summary>The text of all files below <c>src</c> with one of the given endings, but for what a build made.</summary>
    public static string All(params string[] endings) => string.Join(
        '\n',
        Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*", SearchOption.AllDirectories)
            .Where(f => endings.Contains(Path.GetExtension(f)))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(File.ReadAllText));

    private static string Root([CallerFilePath] string here = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
        if (!Directory.Exists(Path.Combine(root, "src")))
        {
            Assert.Inconclusive("The sources are not where they were compiled.");
        }

        return root;
    }
}
