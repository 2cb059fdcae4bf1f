using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Composing;

/// <summary>A trial that does not end: what a build is in when it is killed.</summary>
internal static class TrialRun
{
    public static async Task<int> RunAsync(string engine, string layoutFolder)
    {
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        (ITrialEngine? found, string whyNot) = await new TrialEngines(tools).FindAsync(engine, null, false, CancellationToken.None);
        if (found is null)
        {
            Console.Error.WriteLine(whyNot);
            return 2;
        }

        ImageLayout layout = new(layoutFolder);
        TrialProfile profile = new() { MilliCpus = 500, MemoryBytes = 64 << 20, Arguments = ["echo started; exec sleep 1000"] };
        await using ITrialContainer container = await found.CreateAsync(
            new TrialImage(layout, layout.ReadImage()), profile, CancellationToken.None);
        return await container.RunAsync(Console.WriteLine, CancellationToken.None);
    }
}
