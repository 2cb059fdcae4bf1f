// An agent at its smallest: it says who and where it is, and ends.
Console.WriteLine($"Hello from {Environment.UserName} in {Environment.CurrentDirectory}, .NET {Environment.Version}");

foreach (string argument in args)
{
    Console.WriteLine($"argument: {argument}");
}
