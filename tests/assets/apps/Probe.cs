using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EdgeSlim.Tests;

// What an image of this application does is what its first argument says.
string does = args[0];
switch (does)
{
    case "hash":
        Console.WriteLine(Convert.ToHexString(SHA256.HashData([1])));
        return 0;
    case "compute":
        foreach (string line in CryptographyProbe.Lines())
        {
            Console.WriteLine(line);
        }

        return 0;
    case "cultures":
        Cultures(args[1..]);
        return 0;
    case "zone":
        Console.WriteLine($"Paris is {TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris").BaseUtcOffset} ahead");
        return 0;
    case "device":
        Device(args[1]);
        return 0;
    case "child":
        Console.WriteLine("spoke");
        return 0;
    default:
        return Trial(does);
}

static void Cultures(string[] names)
{
    foreach (string name in names)
    {
        try
        {
            CultureInfo culture = new(name);
            string[] words = ["zebra", "öl", "Äpfel", "ohr"];
            Console.WriteLine(string.Join(' ',
                name, 1234567.5.ToString("N1", culture), new DateTime(2026, 3, 4).ToString("D", culture),
                string.Join(',', words.Order(StringComparer.Create(culture, false)))));
        }
        catch (CultureNotFoundException)
        {
            Console.WriteLine(name + " is not there");
        }
    }

    Console.WriteLine($"{"é".Normalize(NormalizationForm.FormD).Length} characters, {CultureInfo.GetCultures(CultureTypes.AllCultures).Length} cultures");
}

// Users, temporary files, time zones, names of hosts and child processes.
static void Device(string host)
{
    Console.WriteLine($"user: {Environment.UserName}");
    string file = Path.GetTempFileName();
    File.WriteAllText(file, "kept");
    Console.WriteLine($"file: {File.ReadAllText(file)}");
    File.Delete(file);
    TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    Console.WriteLine($"zone: {zone.GetUtcOffset(new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc))}");
    Console.WriteLine($"address: {Dns.GetHostAddresses(host)[0]}");
    try
    {
        Dns.GetHostAddresses("nobody." + host);
    }
    catch (SocketException e)
    {
        Console.WriteLine($"nobody: {e.SocketErrorCode}");
    }

    ProcessStartInfo start = new(Environment.ProcessPath!, "child") { RedirectStandardOutput = true };
    using Process child = Process.Start(start)!;
    Console.WriteLine($"child: {child.StandardOutput.ReadToEnd().Trim()}");
}

// Does well in a trial, or not.
static int Trial(string does)
{
    using ManualResetEventSlim stopped = new();
    using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        if (does != "ignore")
        {
            stopped.Set();
        }
    });
    Console.WriteLine($"{Environment.GetEnvironmentVariable("GREETING")} from {Environment.UserName}: {does}");
    if (does == "crash")
    {
        Console.Error.WriteLine("No usable version of libssl was found");
        return 134;
    }

    for (int i = 0; does == "eat" && i < 200; i++)
    {
        // Beside .NET's heap, which knows the limit.
        unsafe
        {
            NativeMemory.Fill(NativeMemory.Alloc(1 << 20), 1 << 20, 1);
        }
    }

    if (does == "serve")
    {
        Serve();
    }

    stopped.Wait();
    return 0;
}

// It says 503 for a while.
static void Serve()
{
    long start = Environment.TickCount64;
    TcpListener listener = new(IPAddress.Any, 8080);
    listener.Start();
    Console.WriteLine("serving");
    new Thread(() =>
    {
        while (true)
        {
            using var client = listener.AcceptTcpClient();
            _ = client.GetStream().Read(new byte[4096]);
            string status = Environment.TickCount64 - start < 100 ? "503 Not Yet" : "200 OK";
            client.GetStream().Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        }
    }) { IsBackground = true }.Start();
}
