using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using LibGit2Sharp;

namespace EdgeSlim.Git;

/// <summary>Turns what libgit2 throws into an answer that a user can do something with.</summary>
internal static partial class GitFailure
{
    /// <summary>Whether it comes from the repository or from a native library that cannot be loaded, and is no bug.</summary>
    public static bool IsExpected(Exception exception) => exception
        is LibGit2SharpException
        or IOException
        or UnauthorizedAccessException
        or TypeInitializationException
        or DllNotFoundException
        or EntryPointNotFoundException
        or BadImageFormatException;

    /// <param name="exception">What was thrown.</param>
    /// <param name="path">Where the repository was found, or looked for.</param>
    public static GitAnswer.Unknown Explain(Exception exception, string path)
    {
        string message = (exception is TypeInitializationException ? exception.InnerException ?? exception : exception)
            .Message.ReplaceLineEndings(" ").Trim();

        // libgit2 has a code for this, but LibGit2Sharp has no exception for the code.
        Match owned = NotOwned().Match(message);
        return owned.Success
            ? new(DiagnosticCodes.RepositoryNotOwned, owned.Groups["path"].Value, "it is owned by another user")
            : new(DiagnosticCodes.RepositoryUnreadable, Path.TrimEndingDirectorySeparator(path), message);
    }

    // The path is the one that safe.directory must name, which is not always the one that was opened.
    [GeneratedRegex(@"\Arepository path '(?<path>.+?)/?' is not owned by current user", RegexOptions.CultureInvariant)]
    private static partial Regex NotOwned();
}
