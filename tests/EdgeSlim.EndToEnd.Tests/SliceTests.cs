namespace EdgeSlim.Tests;

/// <summary>A library that an application would open is linked in instead, so that it needs no slice of a base.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
[TestCategory(TestKinds.Long)]
public sealed class SliceTests
{
    [TestMethod]
    [Rotating(12)]
    public void A_library_that_is_linked_in_leaves_nothing_to_be_opened()
    {
        using AgentProject project = new(
            "Database",
            items: "<PackageReference Include=\"Microsoft.Data.Sqlite\" Version=\"10.0.15\" />",
            code: """
                using Microsoft.Data.Sqlite;
                using SqliteConnection connection = new("Data Source=:memory:");
                connection.Open();
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "select 'SQLite', round(sqrt(2), 3)";
                using SqliteDataReader reader = command.ExecuteReader();
                reader.Read();
                Console.WriteLine($"{reader.GetString(0)} {reader.GetDouble(1)}");
                """);

        // Static again, without the package's own.
        string library = Command.Run("/", "gcc", "-print-file-name=libsqlite3.a").Succeeds().Output.Trim();
        project.Write(
            "Directory.Build.targets",
            $"""
            <Project>
              <ItemGroup>
                <DirectPInvoke Include="e_sqlite3" />
                <NativeLibrary Include="{library}" />
              </ItemGroup>
            </Project>
            """);
        string commit = project.Commit();
        string output = project.EdgeImage("-p:EdgeLoad=true", "-v:n").Succeeds().Output;
        Assert.Contains("Base: scratch.", output);
        Assert.Contains("Left out libe_sqlite3.so", output);
        string image = $"localhost/database:{commit[..12]}";
        try
        {
            Assert.Contains("SQLite 1.414", Podman.RunWith(
                ["--network=none", "--read-only", "--memory=64m", "--cap-drop=ALL", "--user=65532"], image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }
}
