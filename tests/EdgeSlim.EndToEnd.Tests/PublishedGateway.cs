namespace EdgeSlim.Tests;

/// <summary>
/// The sample GatewayAgent, committed, published and tried once, with what it takes to put it between a server of the tests
/// and their requests. What a test does with it must leave it published: the tests share it, because compiling takes most of
/// their time.
/// </summary>
internal static class PublishedGateway
{
    private static readonly Lazy<(AgentProject Project, CommandResult Result)> Published = new(Publish);

    public static AgentProject Project => Published.Value.Project;

    public static CommandResult Result => Published.Value.Result;

    public static void Dispose()
    {
        if (Published.IsValueCreated)
        {
            Project.Dispose();
        }
    }

    private static (AgentProject Project, CommandResult Result) Publish()
    {
        Command.Require("podman", "podman");
        AgentProject project = SampleProject.Create("GatewayAgent");

        // What the trial adds, for its own upstream and the authority of that one.
        project.Write(
            "Directory.Build.targets",
            """
            <Project>
              <ItemGroup Condition="'$(Upstream)' != ''">
                <EdgeVerifyEnvironment Include="Gateway__Upstream" Value="$(Upstream)" />
                <EdgeVerifyEnvironment Include="ASPNETCORE_HTTP_PORTS" Value="$(EdgeVerifyPort)" />
                <EdgeVerifyEnvironment Include="SSL_CERT_FILE" Value="/etc/ssl/authority.pem" />
                <EdgeVerifyMount Include="authority.pem" TargetPath="/etc/ssl/authority.pem" />
              </ItemGroup>
            </Project>
            """);
        project.Write(".gitignore", "bin/\nobj/\nauthority.pem\n");
        project.Write(
            "exercise.sh",
            """
            exec busybox wget -qO- --header 'Content-Type: application/json' --post-data '[{"sensor":"roof","time":"2026-01-02T03:04:05Z","value":21.5}]' "$EDGE_PROFILE_URL/readings"

            """);
        project.Commit();
        return (project, project.EdgeImage("-p:EdgeVerify=true", "-p:EdgeVerifyHttp=/health").Succeeds());
    }
}
