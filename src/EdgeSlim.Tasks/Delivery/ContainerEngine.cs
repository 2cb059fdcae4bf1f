namespace EdgeSlim.Delivery;

/// <summary>A container engine of this machine, and how it takes an image from its standard input.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Program">The program that is run.</param>
/// <param name="Format">The archive that it is given.</param>
/// <param name="Prefix">What it puts before a repository's name.</param>
public sealed record ContainerEngine(string Name, string Program, ArchiveFormat Format, string Prefix)
{
    /// <summary>Podman, which puts short names under <c>localhost/</c>.</summary>
    public static ContainerEngine Podman { get; } = new("podman", "podman", ArchiveFormat.Docker, "localhost/");

    /// <summary>Docker; every version of it reads its own format.</summary>
    public static ContainerEngine Docker { get; } = new("docker", "docker", ArchiveFormat.Docker, "");

    /// <summary>
    /// Containerd, as below Kubernetes and K3s. It takes the image as it is, so the digest stays; and it knows names in
    /// full only, which for an image of no registry means Docker Hub's.
    /// </summary>
    public static ContainerEngine Containerd { get; } = new("containerd", "ctr", ArchiveFormat.Oci, "docker.io/");

    /// <summary>The engines that are looked for where none is named, in this order.</summary>
    public static IReadOnlyList<ContainerEngine> Usual { get; } = [Podman, Docker];

    /// <summary>All engines.</summary>
    public static IReadOnlyList<ContainerEngine> All { get; } = [Podman, Docker, Containerd];

    /// <summary>The name that a repository has in the engine.</summary>
    /// <param name="repository">The repository, without a registry.</param>
    /// <returns>Its name.</returns>
    public string NameOf(string repository) => this == Containerd && !repository.Contains('/', StringComparison.Ordinal)
        ? $"{Prefix}library/{repository}"
        : Prefix + repository;

    /// <summary>What the program is started with to say which image has a name: the digest of its configuration.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The arguments; null where it cannot say that.</returns>
    public IReadOnlyList<string>? IdArguments(string name) =>
        this == Containerd ? null : ["image", "inspect", "--format", "{{.Id}}", name];

    /// <summary>What the program is started with to load an image.</summary>
    /// <param name="repository">The repository, without a registry.</param>
    /// <returns>The arguments.</returns>
    public IReadOnlyList<string> Arguments(string repository) =>
        this == Containerd ? ["images", "import", "--base-name", NameOf(repository), "-"] : ["load"];
}
