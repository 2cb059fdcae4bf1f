using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

using SqliteConnection connection = new("Data Source=:memory:");
connection.Open();
using SqliteCommand command = connection.CreateCommand();
command.CommandText = "select 'SQLite', sqlite_version(), round(sqrt(2), 3)";
using SqliteDataReader reader = command.ExecuteReader();
reader.Read();
Console.WriteLine($"{reader.GetString(0)} {reader.GetString(1)} {reader.GetDouble(2)}");
if (args.Length > 0)
{
    Console.WriteLine(Convert.ToHexString(SHA256.HashData([1])));
    using Process shell = Process.Start("/bin/sh", ["-c", "echo from the shell $((6 * 7))"]);
    shell.WaitForExit();
}
