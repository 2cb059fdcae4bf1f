namespace EdgeSlim.Tests;

internal static partial class Apps
{
    /// <summary>A self-contained web application with more than 300 files. It serializes by reflection, which this mode takes.</summary>
    public static readonly PublishedApp Whole = new(
        "Whole",
        new Dictionary<string, string>
        {
            ["Program.cs"] =
                """
                if (args is ["json"])
                {
                    Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(new Reading(1, 2)));
                    return;
                }

                var app = WebApplication.CreateBuilder(args).Build();
                app.UseStaticFiles();
                app.MapGet("/", () => "one");
                Console.WriteLine(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder("Data Source=x").DataSource);
                app.Run();

                internal sealed record Reading(int Low, int High);
                """,
            ["wwwroot/page.html"] = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"<p>{i * 7919L % 104_729}</p>")),
            ["wwwroot/data/table.csv"] = "a,b\n",
            ["appsettings.json"] = "{}",
        },
        Console + """
            <PropertyGroup>
              <EdgeMode>selfcontained</EdgeMode>
              <NoWarn>$(NoWarn);NU1603</NoWarn>
            </PropertyGroup>
            <ItemGroup>
              <PackageReference Include="Microsoft.Data.Sqlite" Version="10.0.1" />
              <Content Update="wwwroot/data/**" EdgeLayer="data" />
            </ItemGroup>
            """,
        sdk: "Microsoft.NET.Sdk.Web");
}
