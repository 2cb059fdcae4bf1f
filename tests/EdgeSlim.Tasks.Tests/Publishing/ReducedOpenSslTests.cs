using System.Text.RegularExpressions;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Publishing;

/// <summary>The two files that leave algorithms out of OpenSSL belong together.</summary>
[TestClass]
public sealed partial class ReducedOpenSslTests
{
    [TestMethod]
    public void Each_name_that_the_linker_wraps_is_defined_and_no_other()
    {
        string code = RepositoryFiles.Read("src/EdgeSlim.Sdk/build/openssl/reduced.c");
        string[] defined =
        [
            .. Absent().Matches(code).Select(m => $"ossl_{m.Groups["name"].Value}_functions"),
            .. Fails().Matches(code).Select(m => m.Groups["name"].Value),
            .. Provider().Matches(code).Select(m => $"ossl_{m.Groups["name"].Value}_provider_init"),
            .. Function().Matches(code).Select(m => m.Groups["name"].Value),
        ];
        string[] wrapped =
        [
            .. RepositoryFiles.Read("src/EdgeSlim.Sdk/build/openssl/reduced.rsp")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => l["--wrap=".Length..]),
        ];

        Assert.IsGreaterThan(150, wrapped.Length);
        Found.Nothing(wrapped.Except(defined));
        Found.Nothing(defined.Except(wrapped));
    }

    [GeneratedRegex(@"^ABSENT\((?<name>\w+)\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Absent();

    [GeneratedRegex(@"^FAILS\((?<name>\w+)\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fails();

    [GeneratedRegex(@"^PROVIDER\((?<name>\w+)\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Provider();

    [GeneratedRegex(@"^\w[\w *]* \*?__wrap_(?<name>\w+)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Function();
}
