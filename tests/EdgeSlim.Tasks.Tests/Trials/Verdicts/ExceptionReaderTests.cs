using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Tests.Trials.Verdicts;

[TestClass]
public sealed class ExceptionReaderTests
{
    [TestMethod]
    [DataRow("Unhandled exception. System.InvalidOperationException: boom", "System.InvalidOperationException", "boom")]
    [DataRow("Unhandled Exception: System.InvalidOperationException: boom", "System.InvalidOperationException", "boom")]
    [DataRow("Unhandled exception. System.Net.Sockets.SocketException (111): Connection refused", "System.Net.Sockets.SocketException", "Connection refused")]
    [DataRow("Unhandled exception. Agent.Failed", "Agent.Failed", "")]
    [DataRow("Unhandled exception. Agent.Box`1[System.Int32]: full", "Agent.Box`1", "full")]
    public void What_the_runtime_reports_is_found(string line, string type, string message) =>
        Assert.AreEqual(new UnhandledError(type, message, true), Read("hello", line, "   at Program.Main()").Single());

    [TestMethod]
    public void The_innermost_exception_is_the_cause()
    {
        UnhandledError found = Read(
            "Unhandled exception. System.TypeInitializationException: A type initializer threw an exception.",
            " ---> System.InvalidOperationException: outer",
            " ---> System.DllNotFoundException: Unable to load shared library 'x'",
            "   at A.B()",
            "   --- End of inner exception stack trace ---",
            "   at Program.Main()").Single();

        Assert.AreEqual("System.DllNotFoundException: Unable to load shared library 'x'", found.Cause);
    }

    [TestMethod]
    public void A_background_service_that_fails_is_found_once()
    {
        UnhandledError found = Read(
            "info: Agent.Worker[0]",
            "      Unhandled exceptions are my business: System.Exception: not one",
            "fail: Microsoft.Extensions.Hosting.Internal.Host[9]",
            "      BackgroundService failed",
            "      System.InvalidOperationException: boom",
            "         at Agent.Worker.ExecuteAsync(CancellationToken)",
            "crit: Microsoft.Extensions.Hosting.Internal.Host[10]",
            "      The HostOptions.BackgroundServiceExceptionBehavior is configured to StopHost. A BackgroundService has thrown an unhandled exception, and the IHost instance is stopping.",
            "      System.InvalidOperationException: boom").Single();

        Assert.AreEqual(new UnhandledError("System.InvalidOperationException", "boom", false), found);
    }

    [TestMethod]
    [DataRow("fail: Microsoft.AspNetCore.Server.Kestrel[13]", "      Connection id \"0HN1\", Request id \"0HN1:00000001\": An unhandled exception was thrown by the application.", "      System.NotSupportedException: JsonTypeInfo metadata")]
    [DataRow("fail: Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware[1]", "      An unhandled exception has occurred while executing the request.", "      System.NotSupportedException: JsonTypeInfo metadata")]
    [DataRow("2026-01-02 03:04:05 fail: Microsoft.AspNetCore.Server.Kestrel[13] An unhandled exception was thrown by the application. System.NotSupportedException: JsonTypeInfo metadata    at A.B()", "", "")]
    [DataRow("<3>Microsoft.AspNetCore.Server.Kestrel[13] An unhandled exception was thrown by the application. System.NotSupportedException: JsonTypeInfo metadata    at A.B()", "", "")]
    [DataRow("[03:04:05 ERR] An unhandled exception has occurred while executing the request.", "System.NotSupportedException: JsonTypeInfo metadata", "   at A.B()")]
    [DataRow("{\"EventId\":13,\"LogLevel\":\"Error\",\"Category\":\"Kestrel\",\"Message\":\"An unhandled exception was thrown by the application.\",\"Exception\":\"System.NotSupportedException: JsonTypeInfo metadata\",\"State\":{}}", "", "")]
    [DataRow("fail: Microsoft.Extensions.Hosting.Internal.Host[11]", "      Hosting failed to start", "      System.NotSupportedException: JsonTypeInfo metadata")]
    public void What_a_server_logs_is_found_in_the_formats_of_loggers(string first, string second, string third) =>
        Assert.AreEqual("System.NotSupportedException: JsonTypeInfo metadata", Read(first, second, third).Single().ToString());

    [TestMethod]
    public void An_error_that_the_application_handles_is_none() => Assert.IsEmpty(Read(
        "fail: Agent.Worker[0]",
        "      The sensor does not answer",
        "      System.TimeoutException: The operation has timed out.",
        "warn: Agent.Worker[0]",
        "      An unhandled exception is a bad thing",
        "      System.TimeoutException: The operation has timed out.",
        "System.TimeoutException: The operation has timed out."));

    private static IReadOnlyList<UnhandledError> Read(params string[] lines)
    {
        ExceptionReader reader = new();
        foreach (string line in lines)
        {
            reader.Take(line);
        }

        return reader.Found;
    }
}
