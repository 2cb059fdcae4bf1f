namespace EdgeSlim.Trials;

/// <summary>Messages that applications end with, and what to do about each.</summary>
public static class LikelyReason
{
    private static readonly (string Message, string Advice)[] Known =
    [
        ("No usable version of libssl was found",
            "it calls cryptography or TLS and the image has no OpenSSL; add <EdgeNeed Include=\"crypto\" />, or \"tls\" where it makes connections."),
        ("Couldn't find a valid ICU package",
            "it formats by culture and the image has no ICU; set EdgeGlobalization=icu or EdgeGlobalization=invariant."),
        ("CultureNotFoundException", "it asks for a culture that the image does not have; name it in EdgeCultures."),
        ("TimeZoneNotFoundException", "the image has no time zones; add <EdgeNeed Include=\"tzdata\" />."),
        ("UntrustedRoot", "the image has no certificates to trust; add <EdgeNeed Include=\"ca-certificates\" />."),
        ("PartialChain", "the image has no certificates to trust; add <EdgeNeed Include=\"ca-certificates\" />."),
        ("DllNotFoundException",
            "a native library is not in the image; set EdgeStatic=false, so that it can be opened, and add the file with EdgeInclude where it is your own."),
        ("cannot open shared object file",
            "a native library is not in the image; add the file with EdgeInclude, or name a base that has it in EdgeBase."),
        ("missing native code or metadata",
            "code that is reached by reflection was trimmed; keep its assembly with <TrimmerRootAssembly>, or set EdgeMode=trimmed."),
        ("MissingMethodException", "code that is reached by reflection was trimmed; keep its assembly with <TrimmerRootAssembly>."),
        ("Reflection-based serialization has been disabled",
            "System.Text.Json needs a JsonSerializerContext in a trimmed application."),
        ("Platform not supported", "it asks for something that Native AOT does not have; set EdgeMode=trimmed."),
        ("Read-only file system", "it writes to a place other than /tmp; give it one with <EdgeTrialMount Include=\"/data\" Type=\"tmpfs\" />."),
        ("No space left on device", "its folder in memory is full; EdgeMemoryLimit holds for /tmp too."),
        ("Failed to create CoreCLR", "the runtime finds no place for its files or too little memory; raise EdgeMemoryLimit."),
        ("OutOfMemoryException", "EdgeMemoryLimit is too low for it; .NET takes at most three quarters of it for its heap."),
        ("Out of memory", "EdgeMemoryLimit is too low for it; .NET takes at most three quarters of it for its heap."),
        ("Name or service not known", "it looks for another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        ("Name does not resolve", "it looks for another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        ("Network is unreachable", "it wants to reach another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        ("Resource temporarily unavailable", "it looks for another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        ("was not found and is not optional", "a configuration file is missing; add it with EdgeInclude, or for the trial with EdgeTrialMount."),
        ("FileNotFoundException", "a file is missing; add it with EdgeInclude, or for the trial with EdgeTrialMount."),
        ("Permission denied", "its user may not do that: it is not root, has no capabilities and writes to /tmp only."),
        ("Operation not permitted", "it has no capabilities, and should need none on the device."),
        ("exec format error", "the program is for another processor; see EdgeBase and RuntimeIdentifier."),
    ];

    /// <summary>Finds what it was.</summary>
    /// <param name="lines">What the application said last.</param>
    /// <returns>What it was and what to do; null where nothing is known.</returns>
    public static string? Find(IReadOnlyList<string> lines) => Known
        .Where(k => lines.Any(l => l.Contains(k.Message, StringComparison.OrdinalIgnoreCase)))
        .Select(k => k.Advice)
        .FirstOrDefault();
}
