using EdgeSlim.Bases;

namespace EdgeSlim.Reporting;

/// <summary>
/// Tells the way from an image as it is usually made to this one. What was not made in this run is an estimate, and says
/// so. Pure.
/// </summary>
internal static class JourneyPlanner
{
    // The catalogue has compressed sizes. Microsoft's images on Debian and Ubuntu unpack to some 2.5 times as much.
    private const decimal Unpacked = 2.5m;

    // Measured with the runtime packs 10.0.12 for linux-x64, and for trimmed with a worker and a minimal web API.
    private const long RuntimePack = 82_000_000;
    private const long WebPack = 27_000_000;
    private const long Trimmed = 20_000_000;
    private const long TrimmedWeb = 24_000_000;

    // What both need of glibc and the C++ library, sliced.
    private const long Libraries = 5_000_000;

    /// <summary>Tells it.</summary>
    /// <param name="request">What is known.</param>
    /// <returns>The steps, of which the last is the image.</returns>
    public static IReadOnlyList<JourneyStep> Tell(JourneyRequest request)
    {
        List<JourneyStep> steps = [];
        if (request.UsualBase is { CompressedBytes: long compressed } usual)
        {
            steps.Add(new JourneyStep(
                "Framework-dependent on a full distribution",
                (long)(compressed * Unpacked) + request.IlBytes,
                false,
                $"{request.UsualReference} has about {ByteText.Of(compressed)} compressed, {Unpacked} times that unpacked, and the application's own assemblies {ByteText.Of(request.IlBytes)}"));
        }

        if (request.Mode != "framework")
        {
            steps.Add(SelfContained(request));
        }

        if (request.Mode == "aot")
        {
            steps.Add(new JourneyStep(
                "Trimmed",
                (request.IsWeb ? TrimmedWeb : Trimmed) + request.IlBytes,
                false,
                "what a small application of this kind was seen to have"));
            steps.Add(new JourneyStep(
                "Compiled ahead of time", request.PublishedBytes, true, "all published files, with the symbols of the program"));
        }

        steps.Add(new JourneyStep("Stripped of symbols", request.PublishedBytes - request.SymbolBytes, true, "the published files without symbols"));
        steps.Add(new JourneyStep("Pruned", request.PayloadBytes, true, "the published files that go into the image"));
        steps.Add(new JourneyStep(
            request.BaseName == BaseImage.ScratchName ? "On an empty base" : $"On {request.BaseName}",
            request.UncompressedBytes,
            true,
            "all files of the image"));
        steps.Add(new JourneyStep("Compressed", request.CompressedBytes, true, "manifest, configuration and layers: what a device downloads"));
        return steps;
    }

    private static JourneyStep SelfContained(JourneyRequest request) => request.RuntimeBytes is long runtime
        ? new JourneyStep("Self-contained", runtime + request.IlBytes + Libraries, request.Mode == "selfcontained", "the files of the runtime that the publish starts from")
        : new JourneyStep(
            "Self-contained",
            RuntimePack + (request.IsWeb ? WebPack : 0) + request.IlBytes + Libraries,
            false,
            "the runtime packs of .NET 10 and the libraries that they need");
}
