using EdgeSlim.Elf;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Tests.LinkChecks;

/// <summary>An image of files that are only said to be there: the rules see no more of them.</summary>
internal sealed class SampleImage
{
    public const string Interpreter = "/lib64/ld-linux-x86-64.so.2";
    public const string Libraries = "/lib/x86_64-linux-gnu/";

    /// <summary>The base has two layers, EdgeSlim made the other two.</summary>
    public const int BaseLayer = 0;

    private const int OwnLayer = 2;

    public ImageFileSystem Files { get; } = new();

    public ContainerConfig Config { get; set; } = new() { Entrypoint = ["/app/agent"], User = "65532", WorkingDir = "/app" };

    public string Architecture { get; set; } = "amd64";

    /// <summary>A base with glibc, and a program that needs it.</summary>
    public static SampleImage WithGlibc(params string[] needed) => new SampleImage()
        .Library(Interpreter, BaseLayer, symbols: ["__tls_get_addr"])
        .Library(Libraries + "libc.so.6", BaseLayer, versions: ["GLIBC_2.2.5", "GLIBC_2.34"], symbols: ["printf"])
        .Program("/app/agent", ["libc.so.6", .. needed]);

    public SampleImage Program(
        string path, string[] needed, string? interpreter = Interpreter, string[]? lacks = null, bool bindsNow = false,
        string? runPath = null, string? rPath = null, ElfVersionNeed[]? versions = null, ElfMachine machine = ElfMachine.X64, int layer = OwnLayer) =>
        Add(path, Elf(machine, true, interpreter, needed, [], lacks, [], runPath, rPath, versions, bindsNow), layer);

    public SampleImage Library(
        string path, int layer = OwnLayer, string[]? needed = null, string[]? symbols = null, string[]? lacks = null,
        string[]? versions = null, ElfVersionNeed[]? needsVersions = null, bool bindsNow = false, string? runPath = null,
        string? rPath = null, ElfMachine machine = ElfMachine.X64) =>
        Add(path, Elf(machine, false, null, needed ?? [], symbols ?? [], lacks, versions ?? [], runPath, rPath, needsVersions, bindsNow), layer);

    public SampleImage Script(string path, string interpreterLine, int mode = 0b111_101_101, int layer = OwnLayer) =>
        Add(new ImageEntry { Path = path, Kind = ImageEntryKind.File, Mode = mode, InterpreterLine = interpreterLine, Layer = layer });

    public SampleImage Text(string path, string content = "", int mode = 0b110_100_100) => Add(
        new ImageEntry { Path = path, Kind = ImageEntryKind.File, Mode = mode, Content = System.Text.Encoding.UTF8.GetBytes(content), Layer = BaseLayer });

    public SampleImage Link(string path, string target, int layer = BaseLayer) =>
        Add(new ImageEntry { Path = path, Kind = ImageEntryKind.Link, Mode = 0b111_111_111, LinkTarget = target, Layer = layer });

    public SampleImage Folder(string path, int mode, int userId = 0, int groupId = 0) =>
        Add(new ImageEntry { Path = path, Kind = ImageEntryKind.Folder, Mode = mode, UserId = userId, GroupId = groupId });

    public SampleImage Add(ImageEntry entry)
    {
        Files.Add(entry);
        return this;
    }

    public SampleImage With(string path, Func<ImageEntry, ImageEntry> change) => Add(change(Files.Find(path)!));

    public LinkCheckResult Judge(params string[] ignore) => Judge(ignore, needsShell: false);

    public LinkCheckResult Judge(string[] ignore, bool needsShell)
    {
        Descriptor none = new() { MediaType = MediaTypes.LayerGzip, Digest = Digest.Of("a layer"u8), Size = 1 };
        return LinkChecker.Judge(
            new LayoutImage
            {
                Descriptor = none,
                Tags = [],
                Manifest = new ImageManifest { Config = none, Layers = [none, none, none, none] },
                Config = new ImageConfig
                {
                    Architecture = Architecture,
                    OperatingSystem = "linux",
                    Config = Config,
                    RootFileSystem = new RootFileSystem { DiffIds = [] },
                    History =
                    [
                        new HistoryEntry { CreatedBy = "another tool" },
                        new HistoryEntry { CreatedBy = "another tool", EmptyLayer = true },
                        new HistoryEntry { CreatedBy = "another tool" },
                        new HistoryEntry { CreatedBy = HistoryEntry.EdgeSlim },
                        new HistoryEntry { CreatedBy = HistoryEntry.EdgeSlim },
                    ],
                },
            },
            Files,
            ignore,
            needsShell);
    }

    /// <summary>Nothing is wrong.</summary>
    public Verdict Passes()
    {
        LinkCheckResult result = Judge();
        Assert.AreEqual("", string.Join('\n', result.Errors.Concat(result.Verdict.Warnings).Select(p => p.Text)));
        return result.Verdict;
    }

    /// <summary>Just one thing is wrong, so that the image cannot be delivered.</summary>
    public string Fails(string code)
    {
        LinkCheckResult result = Judge();
        Assert.IsEmpty(result.Verdict.Warnings);
        Assert.AreEqual(code, Only(result.Errors).Code);
        return result.Errors[0].Text;
    }

    /// <summary>Just one thing may go wrong.</summary>
    public string Warns(string code)
    {
        LinkCheckResult result = Judge();
        Assert.IsEmpty(result.Errors);
        Assert.AreEqual(code, Only(result.Verdict.Warnings).Code);
        return result.Verdict.Warnings[0].Text;
    }

    private static Problem Only(IReadOnlyList<Problem> problems)
    {
        Assert.HasCount(1, problems, string.Join('\n', problems.Select(p => p.Text)));
        return problems[0];
    }

    private SampleImage Add(string path, ImageElf elf, int layer) => Add(
        new ImageEntry { Path = path, Kind = ImageEntryKind.File, Mode = 0b111_101_101, Elf = elf, Layer = layer });

    private static ImageElf Elf(
        ElfMachine machine, bool isExecutable, string? interpreter, string[] needed, string[] defined, string[]? lacks,
        string[] versions, string? runPath, string? rPath, ElfVersionNeed[]? versionsNeeded, bool bindsNow)
    {
        ElfFile file = new()
        {
            Class = machine == ElfMachine.Arm ? ElfClass.Bits32 : ElfClass.Bits64,
            Type = ElfType.Shared,
            Machine = machine,
            IsExecutable = isExecutable,
            IsStaticPie = isExecutable && interpreter is null,
            Interpreter = interpreter,
            BuildId = null,
            HasStrippableSymbols = false,
        };
        ElfDynamic dynamic = new()
        {
            Needed = needed,
            SoName = null,
            RPath = rPath,
            RunPath = runPath,
            BindsNow = bindsNow,
            IgnoresDefaultFolders = false,
            VersionsNeeded = versionsNeeded ?? [],
            VersionsDefined = versions,
        };
        return new ImageElf(
            file,
            dynamic,
            [
                .. defined.Select(s => new ElfSymbol(s, IsDefined: true, IsWeak: false)),
                .. (lacks ?? []).Select(s => new ElfSymbol(s.TrimEnd('?'), IsDefined: false, IsWeak: s.EndsWith('?'))),
            ]);
    }
}
