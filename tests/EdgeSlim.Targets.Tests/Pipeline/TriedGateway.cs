using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>
/// The image of the sample GatewayAgent, tried once, with what it takes to put it between a server of the tests and their
/// requests. The tests of a class share it, one after the other.
/// </summary>
internal sealed class TriedGateway : IDisposable
{
    // What the trial adds, for its own upstream and the authority of that one.
    private const string Between =
        """
        <ItemGroup Condition="'$(Upstream)' != ''">
          <EdgeVerifyEnvironment Include="Gateway__Upstream" Value="$(Upstream)" />
          <EdgeVerifyEnvironment Include="ASPNETCORE_HTTP_PORTS" Value="$(EdgeVerifyPort)" />
          <EdgeVerifyEnvironment Include="SSL_CERT_FILE" Value="/etc/ssl/authority.pem" />
          <EdgeVerifyMount Include="authority.pem" TargetPath="/etc/ssl/authority.pem" />
        </ItemGroup>
        """;

    public TriedGateway()
    {
        Command.Require("podman", "podman");
        Project = new PublishedProject(Apps.Gateway, Between + Mark.Items);
        Mark.Set(Project);
        Project.Write(".gitignore", "bin/\nobj/\nauthority.pem\n");
        Project.Write(
            "exercise.sh",
            """
            exec busybox wget -qO- --header 'Content-Type: application/json' --post-data '[{"sensor":"roof","time":"2026-01-02T03:04:05Z","value":21.5}]' "$EDGE_PROFILE_URL/readings"

            """);
        Project.Commit();
        Result = Project.EdgeImage("-p:EdgeVerify=true", Ready).Succeeds();
    }

    /// <summary>When it is ready.</summary>
    public static string Ready => "-p:EdgeVerifyHttp=/health";

    public TrialMark Mark { get; } = new();

    public PublishedProject Project { get; }

    /// <summary>How it was composed and tried.</summary>
    public CommandResult Result { get; }

    /// <summary>Runs a target. It may take long: these tests run alone.</summary>
    public CommandResult Run(string target, params string[] arguments) =>
        Project.Publish(target, LoggerVerbosity.Minimal, [Ready, .. arguments]);

    public void Dispose() => Project.Dispose();
}
