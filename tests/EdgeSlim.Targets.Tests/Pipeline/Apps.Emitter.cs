namespace EdgeSlim.Tests;

internal static partial class Apps
{
    /// <summary>
    /// A console application that makes code at run time. It is trimmed, in a single file that needs a C library, and asks the
    /// compiler for a log of its own. Its package with a known vulnerability is trimmed away.
    /// </summary>
    public static readonly PublishedApp Emitter = new(
        "Emitter",
        new Dictionary<string, string>
        {
            ["Program.cs"] =
                """
                using System.Diagnostics.CodeAnalysis;
                using System.Reflection.Emit;

                DynamicMethod twice = new("twice", typeof(int), [typeof(int)]);
                ILGenerator il = twice.GetILGenerator();
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ret);
                Console.WriteLine($"ready: twice 21 is {twice.Invoke(null, [21])}");
                Console.WriteLine(Features.Json ? Newtonsoft.Json.JsonConvert.ToString("text") : "none");

                internal static class Features
                {
                    [FeatureSwitchDefinition("Emitter.Json")]
                    public static bool Json => !AppContext.TryGetSwitch("Emitter.Json", out bool isOn) || isOn;
                }
                """,
        },
        Console + """
            <PropertyGroup>
              <EdgeMode>trimmed</EdgeMode>
              <ErrorLog>own.json</ErrorLog>
              <EnableAotAnalyzer>true</EnableAotAnalyzer>
              <NuGetAudit>false</NuGetAudit>
            </PropertyGroup>
            <ItemGroup>
              <PackageReference Include="Newtonsoft.Json" Version="12.0.3" />
              <RuntimeHostConfigurationOption Include="Emitter.Json" Value="false" Trim="true" />
            </ItemGroup>
            """);
}
