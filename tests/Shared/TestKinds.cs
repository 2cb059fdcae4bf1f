namespace EdgeSlim.Tests;

/// <summary>What a test needs beside the .NET SDK. <c>./test --fast</c> leaves out all that have one of these categories.</summary>
internal static class TestKinds
{
    /// <summary>Runs a container, or a program that does.</summary>
    public const string Container = "Container";

    /// <summary>Starts a registry.</summary>
    public const string Registry = "Registry";

    /// <summary>Compiles or links, or uses what was compiled for it.</summary>
    public const string Compiler = "Compiler";

    /// <summary>Takes seconds.</summary>
    public const string Long = "Long";

    /// <summary>Measures limits, load or a profile, and runs alone.</summary>
    public const string Measure = "Measure";
}
