using EdgeSlim.Bases.Slicing;
using EdgeSlim.Composition;
using EdgeSlim.Oci;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>Divides the bytes of an image, down to the methods of its code. Pure.</summary>
internal static class ImageSizes
{
    /// <summary>Divides them.</summary>
    /// <param name="request">What is known of the image.</param>
    /// <returns>The tree, whose root has all bytes of the image.</returns>
    public static SizeNode Build(SizeRequest request)
    {
        ImagePlan plan = request.Plan;
        SizeBranch root = new(plan.Repository, SizeKinds.Image);
        AssemblyOrigins origins = new(request.OwnAssemblies, request.Packages);
        FileSizes files = new(root, origins, request.Packages);
        Dictionary<string, string?> taken = (request.Slice?.Files ?? [])
            .GroupBy(f => f.TargetPath.Trim('/'))
            .ToDictionary(g => g.Key, g => g.First().Package);
        for (int i = 0; i < request.BaseLayers.Count; i++)
        {
            files.AddBaseLayer($"layer {i + 1}", request.BaseLayers[i], plan.BaseName);
        }

        foreach (LayerPlan layer in plan.Layers)
        {
            foreach (LayerEntry entry in layer.Entries.Where(e => e.Size > 0))
            {
                if (layer.IsOfBase || taken.ContainsKey(entry.Path))
                {
                    files.AddSystem(entry.Path, entry.Size, taken.GetValueOrDefault(entry.Path));
                }
                else if (entry.Source is string source && source == request.Executable?.Source)
                {
                    AddExecutable(request.Executable, Path.GetFileName(entry.Path), root, origins, request.Packages);
                }
                else
                {
                    files.AddApplication(entry.Path, entry.Size);
                }
            }
        }

        return root.Build();
    }

    private static void AddExecutable(
        ExecutableContent executable, string name, SizeBranch root, AssemblyOrigins origins, PackageGraph packages)
    {
        if (executable.Bundled is { } bundled)
        {
            SizeBranch bundle = root.Part(name, SizeKinds.Bundle);
            new FileSizes(bundle, origins, packages).AddBundle(name, executable.Length, bundled);
        }
        else if (executable.Regions is { } regions)
        {
            ExecutableFacts facts = new()
            {
                Length = executable.Length,
                Regions = regions,
                Map = executable.Map,
                ManagedObject = executable.ManagedObject,
                Code = executable.Code,
                Origins = origins,
            };
            ExecutableSizes.Add(facts, root.Part(name, SizeKinds.Executable));
        }
        else
        {
            root.Part(name, SizeKinds.File).Add(executable.Length);
        }
    }
}

/// <summary>What is known of an image.</summary>
internal sealed record SizeRequest
{
    /// <summary>Its plan.</summary>
    public required ImagePlan Plan { get; init; }

    /// <summary>What was taken of the build machine or of another image; null where nothing was.</summary>
    public Slice? Slice { get; init; }

    /// <summary>The bytes of each layer of the base image, uncompressed.</summary>
    public IReadOnlyList<long> BaseLayers { get; init; } = [];

    /// <summary>The program; null where it is no file that can be looked into.</summary>
    public ExecutableContent? Executable { get; init; }

    /// <summary>The simple names of the project's assemblies.</summary>
    public IReadOnlyList<string> OwnAssemblies { get; init; } = [];

    /// <summary>The packages.</summary>
    public PackageGraph Packages { get; init; } = PackageGraph.Empty;
}
