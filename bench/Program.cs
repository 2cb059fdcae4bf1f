using EdgeSlim.Bench;

// [compare] [how often]
bool compares = args is ["compare", ..];
int times = args.Length > 0 && int.TryParse(args[^1], out int n) && n > 0 ? n : compares ? 5 : 7;
if (compares && Comparison.Tools.FirstOrDefault(t => !Workshop.Has(t)) is string missing)
{
    Console.Error.WriteLine($"{missing} is not installed (Debian: apt-get install {missing}).");
    return 1;
}

using Workshop workshop = Workshop.Open();
Console.WriteLine($"{Environment.OSVersion}, {Environment.ProcessorCount} processors, .NET SDK {workshop.SdkVersion}");
Console.WriteLine();
if (compares)
{
    using LocalRegistry registry = new(workshop.Folder("registry"));
    new Comparison(workshop, registry, times).Measure();
}
else
{
    OwnTime.Measure(workshop, times);
}

return 0;
