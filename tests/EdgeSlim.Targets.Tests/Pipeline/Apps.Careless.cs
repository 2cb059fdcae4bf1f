namespace EdgeSlim.Tests;

internal static partial class Apps
{
    /// <summary>
    /// A static console application that Native AOT, trimming and the invariant culture break. One of its packages has a known
    /// vulnerability, and one is trimmed away. It publishes files that have no place in an image.
    /// </summary>
    public static readonly PublishedApp Careless = new(
        "Careless",
        new Dictionary<string, string>
        {
            ["Program.cs"] =
                """
                using System.Diagnostics.CodeAnalysis;

                Console.WriteLine(args is not [string word, ..] ? "ready" : word switch
                {
                    "emit" => Emitter.Twice(21),
                    "json" => Serializer.Write(args),
                    "suppressed" => Suppressed.Write(),
                    _ => Texts.Clean(word),
                });
                if (Features.Histogram)
                {
                    Console.WriteLine(new HdrHistogram.LongHistogram(1, 1000, 3).TotalCount);
                }

                internal static class Features
                {
                    [FeatureSwitchDefinition("Careless.Histogram")]
                    public static bool Histogram => !AppContext.TryGetSwitch("Careless.Histogram", out bool isOn) || isOn;
                }
                """,
            ["Emitter.cs"] =
                """
                using System.Reflection.Emit;

                internal static class Emitter
                {
                    public static string Twice(int number)
                    {
                        DynamicMethod twice = new("twice", typeof(int), [typeof(int)]);
                        ILGenerator il = twice.GetILGenerator();
                        il.Emit(OpCodes.Ldarg_0);
                        il.Emit(OpCodes.Dup);
                        il.Emit(OpCodes.Add);
                        il.Emit(OpCodes.Ret);
                        return $"twice {number} is {twice.Invoke(null, [number])}";
                    }
                }
                """,
            ["Serializer.cs"] =
                """
                internal static class Serializer
                {
                    public static string Write(string[] words) =>
                        System.Text.Json.JsonSerializer.Serialize(new Reading(1, 2)) + Newtonsoft.Json.JsonConvert.SerializeObject(words);
                }

                internal sealed record Reading(int Low, int High);
                """,
            ["Suppressed.cs"] =
                """
                #pragma warning disable IL2026, IL3050
                internal static class Suppressed
                {
                    public static string Write() => System.Text.Json.JsonSerializer.Serialize(new Reading(3, 4));
                }
                """,
            ["Texts.cs"] =
                """
                internal static class Texts
                {
                    public static string Clean(string text) =>
                        string.Compare(text, "b", StringComparison.CurrentCulture) > 0 ? text : text.Normalize();
                }
                """,
            ["appsettings.json"] = "{}",
            ["appsettings.Development.json"] = "{}",
            [".env"] = "{}",
            ["secret.txt"] = "{}",
            ["js/app.js.map"] = "{}",
        },
        Console + """
            <PropertyGroup>
              <NuGetAudit>false</NuGetAudit>
            </PropertyGroup>
            <ItemGroup>
              <PackageReference Include="Newtonsoft.Json" Version="12.0.3" />
              <PackageReference Include="HdrHistogram" Version="2.5.0" />
              <RuntimeHostConfigurationOption Include="Careless.Histogram" Value="false" Trim="true" />
              <None Include="appsettings.json;appsettings.Development.json;.env;secret.txt;js/app.js.map" CopyToPublishDirectory="Always" />
            </ItemGroup>
            """);
}
