namespace EdgeSlim.Tests.Documentation;

/// <summary>Asserts that a search for mistakes found none, and names those that it found.</summary>
internal static class Found
{
    public static void Nothing<T>(IEnumerable<T> mistakes) => Assert.AreEqual("", string.Join(Environment.NewLine, mistakes));
}
