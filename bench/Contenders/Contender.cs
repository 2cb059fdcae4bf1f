using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Bench.Applications;
using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Contenders;

/// <summary>A way to get an application from its sources into a registry, and a project of the application of its own.</summary>
/// <param name="workshop">Where the project is.</param>
/// <param name="registry">Where the image goes.</param>
/// <param name="application">The application.</param>
internal abstract partial class Contender(Workshop workshop, LocalRegistry registry, BenchApplication application)
{
    /// <summary>What it is called in the tables.</summary>
    public abstract string Name { get; }

    /// <summary>The application.</summary>
    public BenchApplication Application => application;

    /// <summary>The command that a user would type, without what is of this bench alone.</summary>
    public abstract string Command { get; }

    /// <summary>Its name in paths.</summary>
    protected abstract string Key { get; }

    /// <summary>The further SDK and the properties of the project.</summary>
    protected abstract (string SdkLine, string Properties) Project { get; }

    /// <summary>The tag of all images.</summary>
    public const string Tag = "1";

    protected Workshop Workshop => workshop;

    protected LocalRegistry Registry => registry;

    /// <summary>The project's folder.</summary>
    protected string Folder => workshop.Folder($"{Key}-{application.Key}");

    /// <summary>Makes the project.</summary>
    public void Prepare()
    {
        (string sdkLine, string properties) = Project;
        application.WriteTo(Folder, sdkLine, properties);
        Workshop.Commit(Folder);
    }

    /// <summary>As after a clone: packages are on the machine, and nothing else.</summary>
    public void ForgetAll()
    {
        Workshop.Delete(Path.Combine(Folder, "bin"));
        Workshop.Delete(Path.Combine(Folder, "obj"));
        ForgetImages();
    }

    /// <summary>As if the application was compiled and no image ever made.</summary>
    public abstract void ForgetImages();

    /// <summary>Puts other data beside the application, of which git knows nothing, so that nothing is compiled again.</summary>
    /// <param name="files">How many files.</param>
    /// <param name="bytesOfOne">How large each is.</param>
    public void ReplaceData(int files, int bytesOfOne)
    {
        string data = Path.Combine(Folder, "data");
        Workshop.Delete(data);
        Workshop.Delete(Path.Combine(Folder, "out"));
        foreach (string published in Directory.GetDirectories(Folder, "data", SearchOption.AllDirectories))
        {
            Workshop.Delete(published);
        }

        for (int i = 0; i < files; i++)
        {
            // Half of it compresses.
            byte[] content = new byte[bytesOfOne];
            new Random(i).NextBytes(content.AsSpan(0, bytesOfOne / 2));
            string folder = Path.Combine(data, $"{i / 100}");
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{i}.bin"), content);
        }
    }

    /// <summary>Changes one line of the code, each time to another one.</summary>
    public void ChangeOneLine() => File.WriteAllText(
        Path.Combine(Folder, "Program.cs"),
        $"{application.Code}\nfile static class Changed {{ public static string At => \"{Guid.NewGuid()}\"; }}\n");

    /// <summary>The repository of its images.</summary>
    /// <param name="occasion">One for each of these, so that the registry has nothing of the image yet.</param>
    public string Repository(string occasion) => $"{Key}/{application.Key}/{occasion}";

    /// <summary>Publishes and delivers, always under the same tag.</summary>
    /// <param name="occasion">Tells the repository.</param>
    /// <returns>What it took.</returns>
    public DeliveryCost Deliver(string occasion)
    {
        registry.TakeSent();
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        (double composing, double proving) = Run(Repository(occasion));
        double whole = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new DeliveryCost(whole, composing, proving, registry.TakeSent());
    }

    /// <summary>Does it.</summary>
    /// <param name="repository">The image's repository.</param>
    /// <returns>The seconds of it that went into composing and pushing, and into what tells that the image is right.</returns>
    protected abstract (double Composing, double Proving) Run(string repository);

    /// <summary>Runs dotnet in the project's folder, and has MSBuild account for its time.</summary>
    /// <param name="arguments">What it is told.</param>
    /// <returns>Seconds by target and by task.</returns>
    protected ILookup<string, double> Dotnet(params string[] arguments)
    {
        string log = Workshop.Run(Folder, "dotnet", [.. arguments, "-tl:off", "-clp:PerformanceSummary", "-v:n"]);
        return Times().Matches(log).ToLookup(
            m => m.Groups["name"].Value, m => double.Parse(m.Groups["ms"].Value, CultureInfo.InvariantCulture) / 1000);
    }

    [GeneratedRegex(@"^\s+(?<ms>\d+) ms\s+(?:[\w.]+\.)?(?<name>\w+)\s", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Times();
}

/// <summary>What a delivery took.</summary>
/// <param name="Seconds">From the command to the image in the registry.</param>
/// <param name="ComposingSeconds">Of it, for making an image of the published files and pushing it.</param>
/// <param name="ProvingSeconds">Of it, for choosing the base and for what tells that the image is right.</param>
/// <param name="Sent">The bytes that were sent to the registry, heads of requests included.</param>
internal sealed record DeliveryCost(double Seconds, double ComposingSeconds, double ProvingSeconds, long Sent);
