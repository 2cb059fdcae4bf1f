using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing;

/// <summary>
/// Chooses the native toolchain before anything is compiled, and mends the combinations that are known to fail.
/// What the user set always wins.
/// </summary>
public static class ToolchainProbe
{
    private static readonly string[] PackageManagers = ["apt-get", "apk", "dnf", "pacman"];

    /// <summary>Chooses the toolchain.</summary>
    /// <param name="request">What the publish asks for.</param>
    /// <param name="tools">This machine's tools.</param>
    /// <returns>The toolchain.</returns>
    /// <exception cref="EdgeException">A tool is missing (EDGE1001 to EDGE1003, EDGE1005, EDGE1006, EDGE1026).</exception>
    public static Toolchain Choose(ToolchainRequest request, IToolLookup tools)
    {
        if (!request.HostRuntimeIdentifier.StartsWith("linux", StringComparison.Ordinal))
        {
            throw new EdgeException(
                DiagnosticCodes.ForeignHost, request.RuntimeIdentifier, request.HostRuntimeIdentifier);
        }

        string driver = Driver(request, tools);
        bool isClang = Path.GetFileName(driver).Contains("clang", StringComparison.Ordinal);
        string linker = Linker(request, tools, isClang);
        string? objCopy = ObjCopy(request, tools, isClang, linker);
        CompilationTarget target = Target(request);
        string? muslFolder = MuslFolder(request, target, tools);
        bool isLld = linker == "lld";

        string? libcInstallLine =
            request.Static && muslFolder is null && tools.FindLibrary(driver, target, "libc.a") is null
                ? InstallLine(request, tools, "libc")
                : null;
        if (libcInstallLine is not null && !request.MayBeDynamic)
        {
            throw new EdgeException(DiagnosticCodes.NoStaticLibc, driver, request.RuntimeIdentifier, libcInstallLine);
        }

        bool isStatic = request.Static && libcInstallLine is null;
        if (!isStatic && target.IsForeign && muslFolder is null && tools.FindLibrary(driver, target, "crt1.o") is null)
        {
            throw new EdgeException(
                DiagnosticCodes.NoSysRoot, request.RuntimeIdentifier, driver, InstallLine(request, tools, "libc"));
        }

        // GNU ld stops with an assertion when it links a static PIE of .NET's objects.
        bool positionIndependent = request.PositionIndependent ?? (isLld || !isStatic);
        List<string> arguments = [];
        if (muslFolder is not null)
        {
            // clang takes glibc's start files and libraries for a musl target too, without a word.
            arguments.Add("-B" + muslFolder);
            arguments.Add("-L" + muslFolder);
        }

        if (isLld)
        {
            if (!isClang)
            {
                // gcc does not hand lld the script that keeps the section __modules alive.
                arguments.Add("-Wl,-z,nostart-stop-gc");
            }

            if (request.OptimizeSize)
            {
                arguments.Add(request.FoldAllIdenticalCode ? "-Wl,--icf=all" : "-Wl,--icf=safe");
                arguments.Add("-Wl,-O2");
                // A dynamic executable is relocated by the dynamic linker of its base, which may be older than this machine's.
                if (positionIndependent && isStatic && UnderstandsRelr(request, tools, driver, target))
                {
                    arguments.Add("-Wl,--pack-dyn-relocs=relr");
                }
            }
        }

        return new Toolchain
        {
            CompilerDriver = driver,
            LinkerFlavor = linker,
            ObjCopy = objCopy,
            PositionIndependent = positionIndependent,
            IsStatic = isStatic,
            StaticLibcInstallLine = libcInstallLine,
            LinkerArguments = arguments,
            Reason = $"{Path.GetFileName(driver)} with {linker}, "
                + (isStatic ? "static" : "dynamic")
                + (positionIndependent ? " and position-independent" : " and not position-independent")
                + (muslFolder is null ? "" : $", with musl from {muslFolder}")
                + (isStatic && !positionIndependent && request.PositionIndependent is null
                    ? " (install lld for address space layout randomisation)"
                    : ""),
        };
    }

    private static string Driver(ToolchainRequest request, IToolLookup tools)
    {
        // A gcc compiles for one target, and the .NET SDK tells the driver which one in clang's way.
        string[] candidates = request.CompilerDriver.Length > 0 ? [request.CompilerDriver]
            : Target(request).IsForeign ? ["clang"]
            : ["clang", "gcc"];
        return candidates.FirstOrDefault(c => tools.Find(c) is not null)
            ?? throw new EdgeException(DiagnosticCodes.NoCompilerDriver, Names(candidates), InstallLine(request, tools, "driver"));
    }

    // Where musl is, on a machine whose own C library is another one. SysRoot says that the user knows.
    private static string? MuslFolder(ToolchainRequest request, CompilationTarget target, IToolLookup tools)
    {
        if (target is not { IsForeign: true, IsMusl: true, SysRoot: null })
        {
            return null;
        }

        string library = $"{target.MuslFolder}/{(request.Static ? "libc.a" : "libc.so")}";
        return tools.HasFile(library)
            ? target.MuslFolder
            : throw new EdgeException(
                DiagnosticCodes.NoMusl, request.RuntimeIdentifier, library, InstallLine(request, tools, "libc"));
    }

    private static string Linker(ToolchainRequest request, IToolLookup tools, bool isClang)
    {
        if (request.LinkerFlavor.Length == 0)
        {
            // With gcc, GNU ld is the pair that is best proven; with clang it is lld.
            return isClang && tools.Find("ld.lld") is not null ? "lld" : "bfd";
        }

        string program = "ld." + request.LinkerFlavor;
        return Path.IsPathRooted(request.LinkerFlavor) || tools.Find(program) is not null
            ? request.LinkerFlavor
            : throw new EdgeException(
                DiagnosticCodes.LinkerNotFound, request.LinkerFlavor, program, InstallLine(request, tools, "driver"));
    }

    private static string? ObjCopy(ToolchainRequest request, IToolLookup tools, bool isClang, string linker)
    {
        if (!request.StripSymbols)
        {
            return null;
        }

        // llvm-objcopy refuses the static, non-PIE output of GNU ld; GNU objcopy knows one processor.
        string[] candidates = request.ObjCopy.Length > 0 ? [request.ObjCopy]
            : IsOtherProcessor(request) ? ["llvm-objcopy", Target(request).Triple + "-objcopy"]
            : isClang && linker == "lld" ? ["llvm-objcopy", "objcopy"]
            : ["objcopy", "llvm-objcopy"];
        return candidates.FirstOrDefault(c => tools.Find(c) is not null)
            ?? throw new EdgeException(DiagnosticCodes.NoStripTool, Names(candidates), InstallLine(request, tools, "objcopy"));
    }

    // The dynamic linker wants a mark in the executable as well, which lld makes since version 15 only. Before
    // glibc 2.36 a static PIE does not relocate itself by DT_RELR and crashes at start. glibc marks the ability
    // with a symbol version; musl has it since 1.2.4, which leaves no mark, so it is not relied on.
    private static bool UnderstandsRelr(ToolchainRequest request, IToolLookup tools, string driver, CompilationTarget target) =>
        !IsMusl(request)
        && tools.FindLibrary(driver, target, "libc.so.6") is string libc
        && tools.Contains(libc, "GLIBC_ABI_DT_RELR");

    private static CompilationTarget Target(ToolchainRequest request) =>
        CompilationTarget.Of(request.RuntimeIdentifier, request.HostRuntimeIdentifier, request.SysRoot);

    private static bool IsOtherProcessor(ToolchainRequest request) =>
        CompilationTarget.Architecture(request.RuntimeIdentifier) != CompilationTarget.Architecture(request.HostRuntimeIdentifier);

    private static bool IsMusl(ToolchainRequest request) =>
        request.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    private static string InstallLine(ToolchainRequest request, IToolLookup tools, string what)
    {
        CompilationTarget target = Target(request);
        string crossPackages = CrossPackages(request, target);
        return (PackageManager(tools), what) switch
        {
            ("apk", _) => "apk add clang lld llvm build-base",
            ("dnf", "libc") => "dnf install glibc-static",
            ("dnf", _) => "dnf install clang lld llvm glibc-static",
            ("pacman", _) => "pacman -S clang lld llvm",
            (_, "libc") when target.SysRoot is string sysRoot => $"libc6-dev and libgcc-dev of {request.RuntimeIdentifier} into '{sysRoot}'",
            (_, "libc") => "apt-get install " + (crossPackages.Length > 0 ? crossPackages.Trim() : "libc6-dev"),
            (_, "objcopy") => "apt-get install llvm",
            _ => "apt-get install clang lld llvm libc6-dev" + crossPackages,
        };
    }

    // Debian's names. Only musl for another processor is no package of this machine's own architecture.
    private static string CrossPackages(ToolchainRequest request, CompilationTarget target)
    {
        string architecture = CompilationTarget.Architecture(request.RuntimeIdentifier);
        string compiler = $" gcc-{target.Triple?.Replace("musl", "gnu", StringComparison.Ordinal)}";
        return target switch
        {
            { IsForeign: false } => "",
            { IsMusl: true } when !IsOtherProcessor(request) => " musl-dev",
            { IsMusl: true } => $"{compiler} musl-dev:{(architecture == "arm" ? "armhf" : architecture)}",
            _ => $"{compiler} libc6-dev-{architecture}-cross",
        };
    }

    private static string Names(string[] tools) => string.Join(" or ", tools.Select(t => $"'{t}'"));

    private static string PackageManager(IToolLookup tools) =>
        PackageManagers.FirstOrDefault(m => tools.Find(m) is not null) ?? "apt-get";
}
