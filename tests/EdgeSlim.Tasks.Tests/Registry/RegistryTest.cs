using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Tests.Registry;

/// <summary>What most tests of the registry's client begin with.</summary>
internal static class RegistryTest
{
    public const string Host = "registry.test";

    public static ICredentialSource NoCredentials { get; } = new CredentialChain([]);

    public static ICredentialSource Login(string user = "me", string secret = "s3cret-word", string origin = "the test") =>
        new FixedSource(Credential.FromUser(user, secret, origin));

    public static ICredentialSource IdentityToken(string token) => new FixedSource(Credential.FromIdentityToken(token, "the test"));

    /// <summary>A client on top of a fake; second tries come at once, and the waits are noted.</summary>
    public static RegistryClient Client(
        FakeRegistry fake, ICredentialSource? credentials = null, List<TimeSpan>? waits = null, RegistryOptions? options = null, string host = Host) =>
        new(
            RegistryName.Parse(host),
            credentials ?? NoCredentials,
            (options ?? new RegistryOptions()) with
            {
                // Hosts of tests are nobody's.
                Resolve = (name, _) => Task.FromResult(
                    name.EndsWith(".inside", StringComparison.Ordinal) ? new[] { IPAddress.Parse("10.1.2.3") } : []),
                Delay = (wait, _) =>
                {
                    waits?.Add(wait);
                    return Task.CompletedTask;
                },
            },
            fake);

    public static RepositoryClient App(this RegistryClient client, RegistryAccess access = RegistryAccess.Push) =>
        client.Repository("team/app", access);

    public static async Task<PushResult> PushAsync(
        ImageLayout layout, LayoutTree tree, RepositoryClient repository, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        PushPlan plan = await PushPlan.MakeAsync(new PushRequest(layout, tree, tags), repository, cancellationToken);
        return await new ImagePusher(new RecordingSink()).PushAsync(plan, cancellationToken);
    }

    public static async Task<EdgeException> FailsAsync(string code, Func<Task> action)
    {
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(action);
        Assert.AreEqual(code, e.Code, e.Message);
        return e;
    }

    private sealed class FixedSource(Credential credential) : ICredentialSource
    {
        public Task<Credential?> FindAsync(CredentialRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<Credential?>(credential);
    }
}
