using System.Collections.Immutable;
using System.Text;
using EdgeSlim.Modes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Microsoft.CodeAnalysis.VisualBasic;

namespace EdgeSlim.Tests.Modes;

/// <summary>Code that is compiled, as an application is, to be scanned.</summary>
internal static class ModeSample
{
    public const string Entry = "Sample";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics.CodeAnalysis;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Http.HttpResults;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        """;

    private static readonly string[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))];

    private static readonly ImmutableArray<MetadataReference> Metadata = [.. References.Select(r => MetadataReference.CreateFromFile(r))];

    // What builds switch on that compile ahead of time.
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default
        .WithLanguageVersion(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest)
        .WithFeatures([new("InterceptorsNamespaces", "Microsoft.AspNetCore.Http.Generated")]);

    /// <summary>Scans a program, with the warnings that its project suppresses.</summary>
    public static ModeEvidence Scan(string program, params string[] suppressed)
    {
        using TemporaryFolder folder = new();
        return Scan([Compile(folder, program)], suppressed);
    }

    /// <summary>Scans a program without optimizations.</summary>
    public static ModeEvidence ScanDebug(string program)
    {
        using TemporaryFolder folder = new();
        return Scan([Compile(folder, program, level: OptimizationLevel.Debug)]);
    }

    /// <summary>Scans a program and a library of its own.</summary>
    public static ModeEvidence ScanWithLibrary(string program, string library)
    {
        using TemporaryFolder folder = new();
        string path = Compile(folder, library, "Library");
        return Scan([Compile(folder, program, Entry, path), path]);
    }

    /// <summary>Scans a program that the generators of the SDK have been at.</summary>
    public static ModeEvidence ScanGenerated(string program)
    {
        using TemporaryFolder folder = new();
        string path = folder[Entry + ".dll"];
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            Generators(), parseOptions: Options, optionsProvider: new AheadOfTimeOptions());
        driver.RunGeneratorsAndUpdateCompilation(CSharp(program, Entry, [], OptimizationLevel.Release), out Compilation generated, out _);
        Emit(generated, path);
        return Scan([path]);
    }

    public static ModeEvidence ScanVisualBasic(string program)
    {
        using TemporaryFolder folder = new();
        string path = folder[Entry + ".dll"];
        Emit(
            VisualBasicCompilation.Create(
                Entry,
                [VisualBasicSyntaxTree.ParseText(SourceText.From(program, Encoding.UTF8), path: "/app/Program.vb")],
                Metadata,
                new VisualBasicCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release)),
            path);
        return Scan([path]);
    }

    public static ModeEvidence Scan(IReadOnlyList<string> own, params string[] suppressed) =>
        ModeScanner.Scan(own, References, suppressed.ToHashSet(), CancellationToken.None);

    public static string Compile(
        TemporaryFolder folder, string source, string name = Entry, string? reference = null, OptimizationLevel level = OptimizationLevel.Release)
    {
        string path = folder[name + ".dll"];
        Emit(CSharp(source, name, reference is null ? [] : [MetadataReference.CreateFromFile(reference)], level), path);
        return path;
    }

    /// <summary>What was found, one a line.</summary>
    public static string Shown(this ModeEvidence evidence) =>
        string.Join('\n', evidence.Findings.Select(f => $"{f.Need} {f.Code} {f.Target} in {f.Member}"));

    private static CSharpCompilation CSharp(string source, string name, IEnumerable<MetadataReference> more, OptimizationLevel level)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), Options, "/app/Program.cs");
        bool isProgram = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        return CSharpCompilation.Create(
            name,
            [tree, CSharpSyntaxTree.ParseText(SourceText.From(Usings, Encoding.UTF8), Options, "/app/Usings.cs")],
            [.. Metadata, .. more],
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: level,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    private static void Emit(Compilation compilation, string path)
    {
        using FileStream file = File.Create(path);
        EmitResult result = compilation.Emit(file, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.IsTrue(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)));
    }

    private static IEnumerable<ISourceGenerator> Generators()
    {
        string packs = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs"));
        string[] found = [.. ((string[])["Microsoft.AspNetCore.Http.RequestDelegateGenerator.dll", "System.Text.Json.SourceGeneration.dll"])
            .Select(name => Directory.Exists(packs) ? Directory.EnumerateFiles(packs, name, SearchOption.AllDirectories).Order().LastOrDefault() : null)
            .OfType<string>()];
        if (found.Length < 2)
        {
            Assert.Inconclusive("The SDK's generators are not installed.");
        }

        return found.SelectMany(path => new AnalyzerFileReference(path, new Loader()).GetGenerators(LanguageNames.CSharp));
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // They lie beside each other.
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
    }

    private sealed class AheadOfTimeOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key is "build_property.EnableRequestDelegateGenerator" or "build_property.PublishAot" ? "true" : null;
                return value is not null;
            }
        }
    }
}
