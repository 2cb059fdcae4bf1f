namespace EdgeSlim.Trials;

/// <summary>Messages that applications end with, and what to do about each.</summary>
public static class LikelyReason
{
    private static readonly (CauseKind Kind, string Message, string Advice)[] Known =
    [
        (CauseKind.Algorithm, "No usable version of libssl was found",
            "it calls cryptography or TLS and the image has no OpenSSL; add <EdgeNeed Include=\"crypto\" />, or \"tls\" where it makes connections."),
        (CauseKind.Culture, "Couldn't find a valid ICU package",
            "it formats by culture and the image has no ICU; set EdgeGlobalization=icu or EdgeGlobalization=invariant."),
        (CauseKind.Culture, "CultureNotFoundException", "it asks for a culture that the image does not have; name it in EdgeCultures."),
        (CauseKind.TimeZone, "TimeZoneNotFoundException", "the image has no time zones; add <EdgeNeed Include=\"tzdata\" />."),
        (CauseKind.TimeZone, "InvalidTimeZoneException", "a time zone of the image cannot be read; add <EdgeNeed Include=\"tzdata\" />."),
        (CauseKind.Certificates, "UntrustedRoot", "the image has no certificates to trust; add <EdgeNeed Include=\"ca-certificates\" />."),
        (CauseKind.Certificates, "PartialChain", "the image has no certificates to trust; add <EdgeNeed Include=\"ca-certificates\" />."),
        (CauseKind.Library, "DllNotFoundException",
            "a native library is not in the image; set EdgeStatic=false, so that it can be opened, and add the file with EdgeInclude where it is your own."),
        (CauseKind.Library, "EntryPointNotFoundException",
            "a native library of the image does not have a function that is called; name a base that has the right version in EdgeBase."),
        (CauseKind.Library, "cannot open shared object file",
            "a native library is not in the image; add the file with EdgeInclude, or name a base that has it in EdgeBase."),
        (CauseKind.Metadata, "missing native code or metadata",
            "code that is reached by reflection was trimmed; keep its assembly with <TrimmerRootAssembly>, or set EdgeMode=trimmed."),
        (CauseKind.Metadata, "MissingMethodException", "code that is reached by reflection was trimmed; keep its assembly with <TrimmerRootAssembly>."),
        (CauseKind.Metadata, "MissingFieldException", "code that is reached by reflection was trimmed; keep its assembly with <TrimmerRootAssembly>."),
        (CauseKind.Metadata, "MissingMetadataException", "code that is reached by reflection was trimmed; keep its assembly with <TrimmerRootAssembly>."),
        (CauseKind.Metadata, "TypeLoadException", "a type is missing that was trimmed; keep its assembly with <TrimmerRootAssembly>, or set EdgeMode=selfcontained."),
        (CauseKind.Metadata, "A suitable constructor for type",
            "code that is reached by reflection was trimmed; keep its assembly with <TrimmerRootAssembly>."),
        (CauseKind.Json, "Reflection-based serialization has been disabled",
            "System.Text.Json needs a JsonSerializerContext in a trimmed application."),
        (CauseKind.Json, "JsonTypeInfo metadata for type", "System.Text.Json needs the type in a JsonSerializerContext in a trimmed application."),
        (CauseKind.DynamicCode, "System.Reflection.Emit", "it generates code at run time, which Native AOT cannot; set EdgeMode=trimmed."),
        (CauseKind.DynamicCode, "Dynamic code generation is not supported", "it generates code at run time, which Native AOT cannot; set EdgeMode=trimmed."),
        (CauseKind.DynamicCode, "dynamic code", "it generates code at run time, which Native AOT cannot; set EdgeMode=trimmed."),
        (CauseKind.Algorithm, "is not a known hash algorithm",
            "it asks for a cryptographic algorithm by its name, which trimming does not see; use the algorithm's own class, or set EdgeMode=selfcontained."),
        (CauseKind.DynamicCode, "Platform not supported", "it asks for something that Native AOT does not have; set EdgeMode=trimmed."),
        (CauseKind.Temporary, "Could not find a part of the path '/tmp", "it wants a folder in /tmp, which is empty at the start; let it make the folder first."),
        (CauseKind.User, "no entry in the password file", "it asks for the name of its user, and the image has no such user; name one in ContainerUser."),
        (CauseKind.User, "getpwuid", "it asks for the name of its user, and the image has no such user; name one in ContainerUser."),
        (CauseKind.ReadOnlyRoot, "Read-only file system", "it writes to a place other than /tmp; give it one with <EdgeTrialMount Include=\"/data\" Type=\"tmpfs\" />."),
        (CauseKind.Memory, "No space left on device", "its folder in memory is full; EdgeMemoryLimit holds for /tmp too."),
        (CauseKind.Memory, "Failed to create CoreCLR", "the runtime finds no place for its files or too little memory; raise EdgeMemoryLimit."),
        (CauseKind.Memory, "OutOfMemoryException", "EdgeMemoryLimit is too low for it; .NET takes at most three quarters of it for its heap."),
        (CauseKind.Memory, "Out of memory", "EdgeMemoryLimit is too low for it; .NET takes at most three quarters of it for its heap."),
        (CauseKind.Network, "Name or service not known", "it looks for another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        (CauseKind.Network, "Name does not resolve", "it looks for another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        (CauseKind.Network, "Network is unreachable", "it wants to reach another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        (CauseKind.Network, "Resource temporarily unavailable", "it looks for another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        (CauseKind.Network, "Connection refused", "it looks for another program, which a trial does not have; set EdgeTrialNetwork=true, or tell it another address with EdgeTrialEnvironment."),
        (CauseKind.Network, "No such host is known", "it looks for another machine, and a trial has no network; set EdgeTrialNetwork=true."),
        (CauseKind.File, "was not found and is not optional", "a configuration file is missing; add it with EdgeInclude, or for the trial with EdgeTrialMount."),
        (CauseKind.File, "FileNotFoundException", "a file is missing; add it with EdgeInclude, or for the trial with EdgeTrialMount."),
        (CauseKind.File, "DirectoryNotFoundException", "a folder is missing; add it with EdgeInclude, or for the trial with EdgeTrialMount."),
        (CauseKind.Rights, "Permission denied", "its user may not do that: it is not root, has no capabilities and writes to /tmp only."),
        (CauseKind.Rights, "Operation not permitted", "it has no capabilities, and should need none on the device."),
        (CauseKind.Processor, "exec format error", "the program is for another processor; see EdgeBase and RuntimeIdentifier."),
    ];

    /// <summary>Finds what it was.</summary>
    /// <param name="lines">What the application said.</param>
    /// <returns>It; null where nothing is known.</returns>
    public static LikelyCause? Of(IReadOnlyList<string> lines) => Known
        .Where(k => lines.Any(l => l.Contains(k.Message, StringComparison.OrdinalIgnoreCase)))
        .Select(k => new LikelyCause(k.Kind, k.Advice))
        .FirstOrDefault();

    /// <summary>Finds what it was and what to do.</summary>
    /// <param name="lines">What the application said.</param>
    /// <returns>Both, in words; null where nothing is known.</returns>
    public static string? Find(IReadOnlyList<string> lines) => Of(lines)?.Advice;
}
