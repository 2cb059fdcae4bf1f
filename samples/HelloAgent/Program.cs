using System.Runtime.InteropServices;

// An agent at its smallest: it says who and where it is, proves that it can write where an agent must, and ends.
Console.WriteLine($"Hello from {Environment.UserName} in {Environment.CurrentDirectory}");
Console.WriteLine($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}");
Console.WriteLine($"{Environment.WorkingSet / 1024} KiB in use");

foreach (string argument in args)
{
    Console.WriteLine($"argument: {argument}");
}
