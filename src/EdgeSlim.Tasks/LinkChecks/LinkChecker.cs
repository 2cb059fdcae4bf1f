using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.LinkChecks;

/// <summary>
/// Proves of a composed image, without running it, that what it starts is there and that all which is loaded for it is
/// there too. It reads the image layout and nothing else.
/// </summary>
public static class LinkChecker
{
    /// <summary>Verifies the image of a layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="ignore">Paths and names whose problems the user knows better.</param>
    /// <param name="needsShell">Whether the image is one to look around in.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was seen, and all that is wrong at once.</returns>
    /// <exception cref="EdgeException">The layout or a layer cannot be read (EDGE3012).</exception>
    public static LinkCheckResult Check(
        ImageLayout layout, IReadOnlyList<string> ignore, bool needsShell, CancellationToken cancellationToken)
    {
        LayoutImage image = layout.ReadImage();
        return Judge(image, ImageReader.Read(layout, image, cancellationToken), ignore, needsShell);
    }

    internal static LinkCheckResult Judge(
        LayoutImage image, ImageFileSystem files, IReadOnlyList<string> ignore, bool needsShell = false)
    {
        List<Problem> problems = [];
        string? configured = image.Config.Config?.User;
        ImageUser? user = ImageUser.Find(configured, files);
        if (user is null)
        {
            problems.Add(Problem.Of(
                DiagnosticCodes.NotStartable, "/etc/passwd", missing: null, isFatal: true,
                $"its user '{configured}' stands neither in /etc/passwd nor in /etc/group"));
        }

        // Who runs it is not known then; as root, at least all else can be looked at.
        ImageContext context = new(image, files, user ?? new ImageUser("root", 0, [0]));
        LibraryClosure? application = Judge(context, problems);
        if (needsShell && (context.FindProgram("sh") is not ImageEntry shell || context.WhyNotExecutable(shell) is not null))
        {
            problems.Add(Problem.Of(
                DiagnosticCodes.NoDebugShell, "sh", missing: null, isFatal: true, "the image has no 'sh' that its user can start"));
        }

        IgnoredNames ignored = new(ignore);
        Problem[] sorted = [.. problems
            .OrderBy(p => p.File, StringComparer.Ordinal)
            .ThenBy(p => p.Code, StringComparer.Ordinal)
            .ThenBy(p => p.Text, StringComparer.Ordinal)
            .DistinctBy(p => (p.File, p.Code, p.Missing))];
        Verdict verdict = new()
        {
            Digest = image.Descriptor.Digest,
            Loaded = [.. (application?.Own ?? []).Select(o => o.Path)],
            NativeFiles = files.Entries.Count(e => e.Elf is not null),
            Warnings = [.. sorted.Where(p => !p.IsFatal && !ignored.Covers(p))],
            Ignored = [.. sorted.Where(ignored.Covers)],
        };
        return new LinkCheckResult(verdict, [.. sorted.Where(p => p.IsFatal && !ignored.Covers(p))]);
    }

    private static LibraryClosure? Judge(ImageContext image, List<Problem> problems)
    {
        LinkCheck links = new(image, problems);
        HashSet<string> seen = new(StringComparer.Ordinal);

        // What is started, and what that is told to start.
        LibraryClosure? application = null;
        Queue<ImageEntry> started = new(EntryPointCheck.Find(image, problems));
        while (started.TryDequeue(out ImageEntry? program))
        {
            if (!seen.Add(program.Path))
            {
                continue;
            }

            if (program.InterpreterLine is not null)
            {
                foreach (ImageEntry interpreter in ScriptCheck.Check(image, program, isFatal: true, problems))
                {
                    started.Enqueue(interpreter);
                }
            }
            else if (program.Elf is not null)
            {
                LibraryClosure? closure = links.CheckProgram(program, isFatal: true);
                seen.UnionWith((closure?.Own ?? []).Select(o => o.Entry.Path));
                application = closure ?? application;
            }
            else
            {
                problems.Add(Damaged(program, isFatal: true));
            }
        }

        ImageEntry[] others = [.. image.Files.Entries.Where(e => !seen.Contains(e.Path))];
        foreach (ImageEntry program in others.Where(e => e.Elf?.File.IsExecutable == true && image.WhyNotExecutable(e) is null))
        {
            seen.Add(program.Path);
            if (image.IsOwn(program) || image.IsRight(program.Elf!.File.Machine))
            {
                seen.UnionWith((links.CheckProgram(program, isFatal: false)?.Own ?? []).Select(o => o.Entry.Path));
            }
        }

        // Libraries for other processors lie beside the right ones in many packages, and are never opened.
        foreach (ImageEntry library in others.Where(
            e => e.Elf?.File is { Type: ElfType.Shared, IsExecutable: false } file && image.IsRight(file.Machine)))
        {
            if (seen.Add(library.Path))
            {
                links.CheckLibrary(library, application);
            }
        }

        foreach (ImageEntry own in others.Where(image.IsOwn))
        {
            if (own.Damage is not null)
            {
                problems.Add(Damaged(own, isFatal: false));
            }
            else if (own.InterpreterLine is not null && image.WhyNotExecutable(own) is null)
            {
                ScriptCheck.Check(image, own, isFatal: false, problems);
            }
        }

        return application;
    }

    private static Problem Damaged(ImageEntry file, bool isFatal) =>
        new(DiagnosticCodes.InvalidElf, file.Path, file.Damage!) { IsFatal = isFatal };
}
