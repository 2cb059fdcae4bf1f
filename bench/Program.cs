using EdgeSlim.Bench;

int pairs = args.Length > 0 && int.TryParse(args[0], out int n) && n > 0 ? n : 7;

using Workshop workshop = Workshop.Open();
Console.WriteLine($"{Environment.OSVersion}, {Environment.ProcessorCount} processors, .NET SDK {workshop.SdkVersion}");
Console.WriteLine();
OwnTime.Measure(workshop, pairs);
