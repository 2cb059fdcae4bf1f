namespace EdgeSlim.Reporting.Reasons;

/// <summary>Code of one type uses another. What the compiler makes of lambdas and async methods is in the type that the user wrote.</summary>
/// <param name="User">The full name of the type that does.</param>
/// <param name="Assembly">The simple name of the assembly of the other.</param>
/// <param name="Used">The full name of the other.</param>
/// <param name="Module">The property of <c>EdgeModules</c> that has to be true for it; null for none.</param>
internal sealed record CodeUse(string User, string Assembly, string Used, string? Module);
