using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>
/// A project of the sample GatewayAgent with its image, and what it takes to put it between a server of the tests and their
/// requests.
/// </summary>
internal sealed class GatewayProject : IDisposable
{
    // What the trial adds, for its own upstream and the authority of that one.
    private const string Between =
        """
        <ItemGroup Condition="'$(Upstream)' != ''">
          <EdgeTrialEnvironment Include="Gateway__Upstream" Value="$(Upstream)" />
          <EdgeTrialEnvironment Include="ASPNETCORE_HTTP_PORTS" Value="$(EdgeTrialPort)" />
          <EdgeTrialEnvironment Include="SSL_CERT_FILE" Value="/etc/ssl/authority.pem" />
          <EdgeTrialMount Include="authority.pem" TargetPath="/etc/ssl/authority.pem" />
        </ItemGroup>
        """;

    public GatewayProject(params string[] arguments)
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
        Result = Project.EdgeImage([Ready, .. arguments]).Succeeds();
    }

    /// <summary>When it is ready.</summary>
    public static string Ready => "-p:EdgeTrialHttp=/health";

    public TrialMark Mark { get; } = new();

    public PublishedProject Project { get; }

    /// <summary>How it was composed.</summary>
    public CommandResult Result { get; }

    /// <summary>Runs a target on its image.</summary>
    public CommandResult Run(string target, params string[] arguments) =>
        Project.Publish(target, LoggerVerbosity.Minimal, [Ready, .. arguments]);

    public void Dispose() => Project.Dispose();
}
