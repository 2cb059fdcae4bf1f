namespace EdgeSlim.Bench.Setup;

/// <summary>
/// The base image of all images that have one: of Debian's packages what a .NET application without ICU needs, without
/// documentation and without a shell, as Microsoft's chiseled images have it.
/// </summary>
/// <param name="Reference">Where it is in the registry.</param>
/// <param name="Layers">The digests of its layers.</param>
internal sealed record BaseImage(string Reference, IReadOnlySet<string> Layers)
{
    public const string Packages = "base-files,libc6,libgcc-s1,libstdc++6,zlib1g,libssl3,ca-certificates,tzdata";

    private const string Repository = "bench/base";
    private const string Authorities = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Makes it with mmdebstrap and pushes it.</summary>
    /// <param name="workshop">Where to.</param>
    /// <param name="registry">The registry.</param>
    /// <returns>It.</returns>
    public static BaseImage Make(Workshop workshop, LocalRegistry registry)
    {
        string context = workshop.Folder("base");
        string root = Path.Combine(context, "root");
        Workshop.Run("/", "mmdebstrap", "--quiet", "--variant=extract", $"--include={Packages}", "bookworm", root);
        foreach (string documentation in (string[])["doc", "man", "locale", "ca-certificates", "lintian", "bug", "info"])
        {
            Workshop.Delete(Path.Combine(root, "usr/share", documentation));
        }

        // The packages' scripts, which would make these, are not run.
        Directory.CreateDirectory(Path.Combine(root, Path.GetDirectoryName(Authorities)![1..]));
        File.Copy(Authorities, Path.Combine(root, Authorities[1..]), overwrite: true);
        File.WriteAllText(Path.Combine(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\napp:x:1654:1654::/home/app:/bin/false\n");
        File.WriteAllText(Path.Combine(context, "Containerfile"), "FROM scratch\nCOPY root /\nENV PATH=/usr/bin APP_UID=1654\nUSER 1654\n");

        string reference = $"{registry.Address}/{Repository}:1";
        Buildah buildah = new(workshop.Folder("base-storage"));
        buildah.Run("bud", "--isolation", "chroot", "-q", "-t", reference, context);
        buildah.Run("push", "--tls-verify=false", "-q", reference);
        return new BaseImage(reference, registry.Layers(Repository, "1"));
    }
}
