namespace EdgeSlim.Bases.Needs;

/// <summary>Which C library the application needs. Pure.</summary>
internal static class CLibraryRules
{
    private const string VersionPrefix = "GLIBC_";

    /// <summary>The C library.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="settings">What the project says.</param>
    /// <returns>The C library; null where the executable is not native code.</returns>
    public static CLibraryNeed? Find(Observations seen, NeedSettings settings)
    {
        NativeFile? executable = seen.NativeFiles.FirstOrDefault(f => f.TargetPath == settings.Executable);
        if (executable is null)
        {
            return null;
        }

        if (executable.Interpreter is not string interpreter)
        {
            bool isMusl = settings.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
            return new CLibraryNeed(
                isMusl ? "musl" : "glibc",
                IsStatic: true,
                null,
                [new Evidence(EvidenceSource.File, $"{executable.TargetPath} has no interpreter")]);
        }

        List<Evidence> evidence = [new(EvidenceSource.File, $"{executable.TargetPath} has the interpreter {interpreter}")];
        if (Path.GetFileName(interpreter).StartsWith("ld-musl", StringComparison.Ordinal))
        {
            return new CLibraryNeed("musl", IsStatic: false, null, evidence);
        }

        (string File, Version? Version) newest = seen.NativeFiles
            .SelectMany(f => f.GlibcVersions.Select(v => (f.TargetPath, Version: Parse(v))))
            .OrderByDescending(v => v.Version)
            .FirstOrDefault();
        if (newest.Version is not null)
        {
            evidence.Add(new Evidence(EvidenceSource.File, $"{newest.File} needs {VersionPrefix}{newest.Version}"));
        }

        return new CLibraryNeed("glibc", IsStatic: false, newest.Version?.ToString(), evidence);
    }

    // Not all are versions: GLIBC_PRIVATE, GLIBC_ABI_DT_RELR.
    private static Version? Parse(string version) =>
        version.StartsWith(VersionPrefix, StringComparison.Ordinal) && Version.TryParse(version[VersionPrefix.Length..], out Version? parsed)
            ? parsed
            : null;
}
