using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class ToolchainProbeTests
{
    private const string ClangAndLld = "clang gcc ld.lld ld.bfd llvm-objcopy objcopy";

    [TestMethod]
    [DataRow(ClangAndLld, "clang lld llvm-objcopy pie")]
    [DataRow("clang ld.lld llvm-objcopy", "clang lld llvm-objcopy pie")]
    [DataRow("clang ld.lld objcopy", "clang lld objcopy pie")]
    [DataRow("clang ld.bfd llvm-objcopy objcopy", "clang bfd objcopy fixed")]
    [DataRow("clang ld.bfd llvm-objcopy", "clang bfd llvm-objcopy fixed")]
    [DataRow("gcc ld.bfd objcopy", "gcc bfd objcopy fixed")]
    [DataRow("gcc ld.bfd ld.lld objcopy llvm-objcopy", "gcc bfd objcopy fixed")]
    public void A_static_executable_is_linked_with_what_is_there(string programs, string expected) =>
        Assert.AreEqual(expected, Choice(ToolchainProbe.Choose(Request(), new FakeTools(programs))));

    [TestMethod]
    [DataRow(ClangAndLld, "clang lld llvm-objcopy pie")]
    [DataRow("gcc ld.bfd objcopy", "gcc bfd objcopy pie")]
    public void A_dynamic_executable_is_always_position_independent(string programs, string expected) =>
        Assert.AreEqual(expected, Choice(ToolchainProbe.Choose(Request() with { Static = false }, new FakeTools(programs))));

    [TestMethod]
    [DataRow(true, "-Wl,--icf=safe -Wl,-O2 -Wl,--pack-dyn-relocs=relr")]
    [DataRow(false, "-Wl,--icf=safe -Wl,-O2")]
    public void Relative_relocations_are_packed_where_the_C_library_understands_it(bool understands, string expected)
    {
        var tools = new FakeTools(ClangAndLld) { UnderstandsRelr = understands };
        Assert.AreEqual(expected, Arguments(Request(), tools));
    }

    [TestMethod]
    public void For_the_dynamic_linker_nothing_is_packed() =>
        Assert.DoesNotContain("relr", Arguments(Request() with { Static = false }, new FakeTools(ClangAndLld)));

    [TestMethod]
    public void Without_a_shared_C_library_to_look_into_nothing_is_packed()
    {
        var tools = new FakeTools(ClangAndLld) { Libraries = ["libc.a"] };
        Assert.AreEqual("-Wl,--icf=safe -Wl,-O2", Arguments(Request(), tools));
    }

    [TestMethod]
    public void The_dynamic_linker_of_the_base_may_not_understand_what_this_machines_does() =>
        Assert.AreEqual(
            "-Wl,--icf=safe -Wl,-O2",
            Arguments(Request() with { Static = false }, new FakeTools(ClangAndLld) { UnderstandsRelr = true }));

    [TestMethod]
    public void Musl_leaves_no_mark_so_nothing_is_packed() =>
        Assert.AreEqual(
            "-Wl,--icf=safe -Wl,-O2",
            Arguments(Request() with { RuntimeIdentifier = "linux-musl-x64", HostRuntimeIdentifier = "linux-musl-x64" }, new FakeTools(ClangAndLld)));

    [TestMethod]
    public void A_fixed_address_has_no_relocations_to_pack() =>
        Assert.AreEqual(
            "-Wl,--icf=safe -Wl,-O2",
            Arguments(Request() with { PositionIndependent = false }, new FakeTools(ClangAndLld)));

    [TestMethod]
    public void The_extreme_tier_folds_all_identical_code() =>
        Assert.StartsWith(
            "-Wl,--icf=all ", Arguments(Request() with { FoldAllIdenticalCode = true }, new FakeTools(ClangAndLld)));

    [TestMethod]
    public void The_speed_tier_asks_the_linker_for_nothing() =>
        Assert.AreEqual("", Arguments(Request() with { OptimizeSize = false }, new FakeTools(ClangAndLld)));

    [TestMethod]
    public void GNU_ld_gets_no_argument_that_only_lld_knows() =>
        Assert.AreEqual("", Arguments(Request(), new FakeTools("gcc ld.bfd objcopy")));

    [TestMethod]
    public void Gcc_with_lld_keeps_the_modules_of_NET_alive()
    {
        var tools = new FakeTools("gcc ld.bfd ld.lld objcopy");
        Toolchain toolchain = ToolchainProbe.Choose(Request() with { LinkerFlavor = "lld", OptimizeSize = false }, tools);
        Assert.AreEqual("gcc lld objcopy pie", Choice(toolchain));
        Assert.AreEqual("-Wl,-z,nostart-stop-gc", string.Join(' ', toolchain.LinkerArguments));
    }

    [TestMethod]
    public void What_the_user_chooses_wins()
    {
        var tools = new FakeTools(ClangAndLld + " ld.gold my-clang-19 /opt/strip");
        ToolchainRequest request = Request() with
        {
            CompilerDriver = "my-clang-19",
            LinkerFlavor = "gold",
            ObjCopy = "/opt/strip",
            PositionIndependent = true,
        };
        Assert.AreEqual("my-clang-19 gold /opt/strip pie", Choice(ToolchainProbe.Choose(request, tools)));
        Assert.AreEqual(
            "gcc bfd objcopy fixed",
            Choice(ToolchainProbe.Choose(Request() with { CompilerDriver = "gcc" }, tools)));
        Assert.AreEqual(
            "clang lld llvm-objcopy fixed",
            Choice(ToolchainProbe.Choose(Request() with { PositionIndependent = false }, tools)));
    }

    [TestMethod]
    public void A_linker_that_is_given_by_its_path_is_not_looked_for() =>
        Assert.AreEqual(
            "/opt/mold", ToolchainProbe.Choose(Request() with { LinkerFlavor = "/opt/mold" }, new FakeTools(ClangAndLld)).LinkerFlavor);

    [TestMethod]
    public void Nothing_is_asked_of_a_strip_tool_that_is_not_needed() =>
        Assert.IsNull(ToolchainProbe.Choose(Request() with { StripSymbols = false }, new FakeTools("clang ld.lld")).ObjCopy);

    [TestMethod]
    [DataRow("linux-arm64", "", "--target=aarch64-linux-gnu")]
    [DataRow("linux-arm64", "/arm64", "--target=aarch64-linux-gnu --sysroot=/arm64")]
    [DataRow("linux-arm", "", "--target=arm-linux-gnueabihf")]
    [DataRow("linux-x64", "/old", "--sysroot=/old")]
    [DataRow("linux-x64", "", "")]
    public void The_C_library_is_looked_for_in_the_target(string runtimeIdentifier, string sysRoot, string arguments)
    {
        var tools = new FakeTools(ClangAndLld);
        Toolchain toolchain = ToolchainProbe.Choose(Request() with { RuntimeIdentifier = runtimeIdentifier, SysRoot = sysRoot }, tools);
        Assert.AreEqual("clang lld llvm-objcopy pie", Choice(toolchain));
        Assert.AreEqual($"{arguments} libc.a", tools.Asked[0]);
        Assert.IsTrue(tools.Asked.TrueForAll(a => a.StartsWith($"{arguments} ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Gcc_and_GNU_objcopy_know_one_processor_so_they_are_no_choice_for_another()
    {
        ToolchainRequest request = Request() with { RuntimeIdentifier = "linux-arm64" };
        Fails(DiagnosticCodes.NoCompilerDriver, request, new FakeTools("gcc ld.bfd ld.lld objcopy llvm-objcopy"));
        Fails(DiagnosticCodes.NoStripTool, request, new FakeTools("clang ld.lld objcopy"));
        Assert.AreEqual(
            "aarch64-linux-gnu-objcopy",
            ToolchainProbe.Choose(request, new FakeTools("clang ld.lld objcopy aarch64-linux-gnu-objcopy")).ObjCopy);
    }

    [TestMethod]
    public void A_C_library_that_the_sysroot_lacks_is_wanted_there()
    {
        var tools = new FakeTools(ClangAndLld) { Libraries = [] };
        EdgeException e = Fails(
            DiagnosticCodes.NoStaticLibc, Request() with { RuntimeIdentifier = "linux-arm64", SysRoot = "/arm64" }, tools);
        Assert.Contains("Install it: libc6-dev and libgcc-dev of linux-arm64 into '/arm64'", e.Message);
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, true)]
    public void Another_platform_is_not_linked_for_without_anything_of_its_own(bool isStatic, bool mayBeDynamic)
    {
        ToolchainRequest request = Request() with { RuntimeIdentifier = "linux-arm64", Static = isStatic, MayBeDynamic = mayBeDynamic };
        EdgeException e = Fails(DiagnosticCodes.NoSysRoot, request, new FakeTools(ClangAndLld) { Libraries = [] });
        Assert.Contains("apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross.", e.Message);
        ToolchainProbe.Choose(request, new FakeTools(ClangAndLld) { Libraries = ["crt1.o"] });
    }

    [TestMethod]
    public void An_arm64_host_that_compiles_for_x64_has_the_x64_target()
    {
        var tools = new FakeTools(ClangAndLld);
        ToolchainProbe.Choose(Request() with { HostRuntimeIdentifier = "linux-arm64" }, tools);
        Assert.AreEqual("--target=x86_64-linux-gnu libc.a", tools.Asked[0]);
    }

    [TestMethod]
    [DataRow("linux-musl-x64", "linux-x64", true, "/usr/lib/x86_64-linux-musl/libc.a")]
    [DataRow("linux-musl-x64", "linux-x64", false, "/usr/lib/x86_64-linux-musl/libc.so")]
    [DataRow("linux-musl-arm64", "linux-x64", true, "/usr/lib/aarch64-linux-musl/libc.a")]
    [DataRow("linux-musl-arm64", "linux-musl-x64", true, "/usr/lib/aarch64-linux-musl/libc.a")]
    [DataRow("linux-musl-arm", "linux-arm64", true, "/usr/lib/arm-linux-musleabihf/libc.a")]
    public void On_another_C_library_the_linker_is_told_where_musl_is(string target, string host, bool isStatic, string library)
    {
        ToolchainRequest request = Request() with { RuntimeIdentifier = target, HostRuntimeIdentifier = host, Static = isStatic };
        string folder = Path.GetDirectoryName(library)!;
        FakeTools tools = new(ClangAndLld) { Files = [library] };

        Toolchain toolchain = ToolchainProbe.Choose(request, tools);

        Assert.AreEqual("clang lld llvm-objcopy pie", Choice(toolchain));
        Assert.AreSequenceEqual(["-B" + folder, "-L" + folder, "-Wl,--icf=safe", "-Wl,-O2"], toolchain.LinkerArguments);
        Assert.EndsWith($", with musl from {folder}", toolchain.Reason);
        Assert.IsEmpty(tools.Asked, "clang would find glibc's.");

        EdgeException e = Fails(DiagnosticCodes.NoMusl, request, new FakeTools(ClangAndLld));
        Assert.Contains(library, e.Message);

        // The user knows where it is.
        Assert.AreEqual("-Wl,--icf=safe -Wl,-O2", Arguments(request with { SysRoot = "/alpine" }, new FakeTools(ClangAndLld) { Libraries = ["crt1.o", "libc.a"] }));
    }

    [TestMethod]
    [DataRow("linux-musl-x64", "apt-get install musl-dev (")]
    [DataRow("linux-musl-arm64", "apt-get install gcc-aarch64-linux-gnu musl-dev:arm64 (")]
    [DataRow("linux-musl-arm", "apt-get install gcc-arm-linux-gnueabihf musl-dev:armhf (")]
    public void A_missing_musl_is_named_with_the_line_that_installs_it(string target, string line) => Assert.Contains(
        line, Fails(DiagnosticCodes.NoMusl, Request() with { RuntimeIdentifier = target }, new FakeTools(ClangAndLld)).Message);

    [TestMethod]
    [DataRow("linux-musl-x64", "linux-musl-x64", "gcc bfd objcopy fixed")]
    [DataRow("linux-musl-arm64", "linux-musl-arm64", "gcc bfd objcopy fixed")]
    public void On_its_own_machine_musl_is_linked_as_any_C_library(string target, string host, string expected)
    {
        ToolchainRequest request = Request() with { RuntimeIdentifier = target, HostRuntimeIdentifier = host };
        FakeTools tools = new("gcc ld.bfd objcopy apk");
        Assert.AreEqual(expected, Choice(ToolchainProbe.Choose(request, tools)));
        Assert.AreEqual(" libc.a", tools.Asked[0]);
        Assert.Contains(
            "apk add clang lld llvm build-base",
            Fails(DiagnosticCodes.NoStaticLibc, request, new FakeTools("gcc ld.bfd objcopy apk") { Libraries = [] }).Message);
    }

    [TestMethod]
    [DataRow("linux-arm64")]
    [DataRow("linux-musl-x64")]
    public void Gcc_links_for_its_own_machine_only(string target)
    {
        EdgeException e = Fails(
            DiagnosticCodes.NoCompilerDriver, Request() with { RuntimeIdentifier = target }, new FakeTools("gcc ld.bfd objcopy apt-get"));
        Assert.Contains("apt-get install clang lld llvm", e.Message);
    }

    [TestMethod]
    [DataRow("", DiagnosticCodes.NoCompilerDriver, "apt-get install clang lld llvm libc6-dev")]
    [DataRow("apt-get", DiagnosticCodes.NoCompilerDriver, "apt-get install clang lld llvm libc6-dev")]
    [DataRow("apk", DiagnosticCodes.NoCompilerDriver, "apk add clang lld llvm build-base")]
    [DataRow("dnf", DiagnosticCodes.NoCompilerDriver, "dnf install clang lld llvm glibc-static")]
    [DataRow("pacman", DiagnosticCodes.NoCompilerDriver, "pacman -S clang lld llvm")]
    [DataRow("apt-get clang ld.lld", DiagnosticCodes.NoStripTool, "apt-get install llvm")]
    [DataRow("apk clang ld.lld", DiagnosticCodes.NoStripTool, "apk add clang lld llvm build-base")]
    public void A_missing_tool_is_named_with_the_line_that_installs_it(string programs, string code, string line)
    {
        EdgeException e = Fails(code, Request(), new FakeTools(programs));
        Assert.Contains($"Install one: {line}", e.Message);
    }

    [TestMethod]
    [DataRow("apt-get", "linux-x64", "Install it: apt-get install libc6-dev. ")]
    [DataRow("dnf", "linux-x64", "Install it: dnf install glibc-static. ")]
    [DataRow("apt-get", "linux-arm64", "Install it: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross. ")]
    public void A_missing_static_C_library_is_named(string manager, string runtimeIdentifier, string line)
    {
        var tools = new FakeTools($"{ClangAndLld} {manager}") { Libraries = ["libc.so.6"] };
        ToolchainRequest request = Request() with { RuntimeIdentifier = runtimeIdentifier };
        EdgeException e = Fails(DiagnosticCodes.NoStaticLibc, request, tools);
        Assert.Contains($"'clang' does not find one for {runtimeIdentifier}", e.Message);
        Assert.Contains(line, e.Message);
    }

    [TestMethod]
    public void Without_the_static_C_library_it_is_linked_dynamically_where_it_may()
    {
        var tools = new FakeTools($"{ClangAndLld} apt-get") { Libraries = ["libc.so.6"] };

        Toolchain found = ToolchainProbe.Choose(Request() with { MayBeDynamic = true }, tools);
        Assert.IsFalse(found.IsStatic);
        Assert.AreEqual("apt-get install libc6-dev", found.StaticLibcInstallLine);
        Assert.DoesNotContain("-Wl,--pack-dyn-relocs=relr", found.LinkerArguments.ToArray());

        Toolchain whole = ToolchainProbe.Choose(Request() with { MayBeDynamic = true }, new FakeTools(ClangAndLld));
        Assert.IsTrue(whole.IsStatic);
        Assert.IsNull(whole.StaticLibcInstallLine);
    }

    [TestMethod]
    public void A_dynamic_executable_needs_no_static_C_library()
    {
        var tools = new FakeTools(ClangAndLld) { Libraries = ["libc.so.6"] };
        Assert.IsNotNull(ToolchainProbe.Choose(Request() with { Static = false }, tools));
    }

    [TestMethod]
    [DataRow("lld", "gcc ld.bfd objcopy apt-get")]
    [DataRow("mold", ClangAndLld)]
    public void A_linker_that_the_user_wants_and_that_is_missing_is_named(string flavor, string programs)
    {
        EdgeException e = Fails(
            DiagnosticCodes.LinkerNotFound, Request() with { LinkerFlavor = flavor }, new FakeTools(programs));
        Assert.Contains($"LinkerFlavor is '{flavor}', but 'ld.{flavor}' was not found", e.Message);
    }

    [TestMethod]
    public void A_driver_or_a_strip_tool_that_the_user_wants_is_not_replaced()
    {
        Fails(DiagnosticCodes.NoCompilerDriver, Request() with { CompilerDriver = "icc" }, new FakeTools(ClangAndLld));
        Fails(DiagnosticCodes.NoStripTool, Request() with { ObjCopy = "strip" }, new FakeTools(ClangAndLld));
    }

    [TestMethod]
    [DataRow("win-x64")]
    [DataRow("osx-arm64")]
    public void Another_system_than_Linux_cannot_compile_for_it(string host)
    {
        EdgeException e = Fails(
            DiagnosticCodes.ForeignHost, Request() with { HostRuntimeIdentifier = host }, new FakeTools(ClangAndLld));
        Assert.Contains($"linux-x64 on this host ({host})", e.Message);
    }

    [TestMethod]
    [DataRow(ClangAndLld, true, "clang with lld, static and position-independent")]
    [DataRow("gcc ld.bfd objcopy", true, "gcc with bfd, static and not position-independent (install lld for address space layout randomisation)")]
    [DataRow("gcc ld.bfd objcopy", false, "gcc with bfd, dynamic and position-independent")]
    public void The_choice_is_explained_in_one_line(string programs, bool isStatic, string expected) =>
        Assert.AreEqual(expected, ToolchainProbe.Choose(Request() with { Static = isStatic }, new FakeTools(programs)).Reason);

    private static ToolchainRequest Request() => new()
    {
        RuntimeIdentifier = "linux-x64",
        HostRuntimeIdentifier = "linux-x64",
        Static = true,
        StripSymbols = true,
        OptimizeSize = true,
    };

    private static string Choice(Toolchain toolchain) =>
        $"{toolchain.CompilerDriver} {toolchain.LinkerFlavor} {toolchain.ObjCopy} {(toolchain.PositionIndependent ? "pie" : "fixed")}";

    private static string Arguments(ToolchainRequest request, FakeTools tools) =>
        string.Join(' ', ToolchainProbe.Choose(request, tools).LinkerArguments);

    private static EdgeException Fails(string code, ToolchainRequest request, FakeTools tools)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => ToolchainProbe.Choose(request, tools));
        Assert.AreEqual(code, e.Code, e.Message);
        return e;
    }

    private sealed class FakeTools(string programs) : IToolLookup
    {
        private readonly string[] _programs = programs.Split(' ');

        public string[] Libraries { get; init; } = ["libc.a", "libc.so.6"];

        public bool UnderstandsRelr { get; init; } = true;

        public List<string> Asked { get; } = [];

        public string? Find(string name) => _programs.Contains(name) ? "/usr/bin/" + name : null;

        public string? FindLibrary(string compilerDriver, CompilationTarget target, string file)
        {
            Asked.Add($"{string.Join(' ', target.Arguments(compilerDriver))} {file}");
            return Libraries.Contains(file) ? "/usr/lib/" + file : null;
        }

        public string[] Files { get; init; } = [];

        public bool HasFile(string path) => Files.Contains(path);

        public bool Contains(string path, string text) =>
            UnderstandsRelr && path == "/usr/lib/libc.so.6" && text == "GLIBC_ABI_DT_RELR";
    }
}
