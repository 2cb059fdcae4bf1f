namespace EdgeSlim.Tests;

/// <summary>The text of a project that has the SDK line, with the files of this checkout in its place.</summary>
internal static class ProjectText
{
    public static readonly string Sdk = Path.Combine(Repository.Root, "src/EdgeSlim.Sdk");

    /// <summary>The order of <c>&lt;Project Sdk="Microsoft.NET.Sdk"&gt;</c> with <c>&lt;Sdk Name="EdgeSlim.Sdk" /&gt;</c> inside.</summary>
    /// <param name="sdk">The .NET SDK that the project names.</param>
    /// <param name="body">What stands between its tags.</param>
    /// <param name="last">What is imported after all else.</param>
    public static string With(string sdk, string body, string last = "") =>
        $"""
        <Project>
          <Import Project="Sdk.props" Sdk="{sdk}" />
          <Import Project="{Sdk}/Sdk/Sdk.props" />
          {body}
          <Import Project="{Sdk}/Sdk/Sdk.targets" />
          <Import Project="Sdk.targets" Sdk="{sdk}" />
          {last}
        </Project>
        """;
}
