namespace EdgeSlim.Tests;

/// <summary>Which default holds where, and that what the user set wins.</summary>
[TestClass]
public sealed class DefaultsTests
{
    private static readonly string[] Publish = [EvaluatedProject.Publishing];

    [TestMethod]
    public void An_executable_is_published_ahead_of_time_compiled_static_and_small()
    {
        using EvaluatedProject project = new();
        IReadOnlyDictionary<string, string> seen = project.Properties(
            Publish, "PublishAot", "StaticExecutable", "StripSymbols", "OptimizationPreference", "InvariantGlobalization",
            "EventSourceSupport", "MetricsSupport", "HttpActivityPropagationSupport", "StackTraceSupport",
            "UseSystemResourceKeys", "RuntimeIdentifier", "PathMap", "_EdgeSlimMode", "EdgeMode", "EdgeOptimize", "EdgeTags", "SelfContained");

        Assert.AreEqual("true", seen["PublishAot"]);
        Assert.AreEqual("true", seen["StaticExecutable"]);
        Assert.AreEqual("true", seen["StripSymbols"]);
        Assert.AreEqual("Size", seen["OptimizationPreference"]);
        Assert.AreEqual("true", seen["InvariantGlobalization"]);
        Assert.AreEqual("false", seen["EventSourceSupport"]);
        Assert.AreEqual("false", seen["MetricsSupport"]);
        Assert.AreEqual("false", seen["HttpActivityPropagationSupport"]);
        Assert.AreNotEqual("false", seen["StackTraceSupport"]);
        Assert.AreNotEqual("true", seen["UseSystemResourceKeys"]);
        Assert.StartsWith("linux-", seen["RuntimeIdentifier"]);
        Assert.EndsWith("=/_", seen["PathMap"]);
        Assert.AreEqual("aot", seen["_EdgeSlimMode"]);
        Assert.AreEqual("auto", seen["EdgeMode"]);
        Assert.AreEqual("Size", seen["EdgeOptimize"]);
        Assert.AreEqual("{commit}", seen["EdgeTags"]);
        Assert.AreEqual("true", seen["SelfContained"]);
    }

    [TestMethod]
    public void Paths_of_the_work_tree_and_of_what_is_generated_elsewhere_are_mapped_for_the_references_too()
    {
        using EvaluatedProject project = new(body: """
            <ItemGroup>
              <ProjectReference Include="../Words/Words.csproj" />
              <ProjectReference Include="../Other/Other.csproj" AdditionalProperties="Flavor=plain" />
            </ItemGroup>
            <Target Name="Show"><Message Importance="high" Text="shown: @(ProjectReference->'%(Filename) %(AdditionalProperties)', ' ')" /></Target>
            """);
        Assert.AreEqual($"{project.Folder}=/_", project.Property("PathMap", EvaluatedProject.Publishing));
        Assert.AreEqual($"{project.Folder}=/_,/somewhere/obj=/_obj", project.Property("PathMap", EvaluatedProject.Publishing, "-p:BaseIntermediateOutputPath=/somewhere/obj/"));

        string shown = project.Build("Show").Succeeds().Output;
        Assert.Contains($"shown: Words ;PathMap={project.Folder}=/_;", shown);
        Assert.Contains($" Other Flavor=plain;PathMap={project.Folder}=/_;", shown);
        Assert.Contains("shown: Words ;PathMap=/a=/b;", project.Build("Show", "-p:PathMap=/a=/b").Succeeds().Output);
        Assert.Contains("shown: Words  Other Flavor=plain", project.Build("Show", EvaluatedProject.OfTheUser).Succeeds().Output);

        project.Write(".git/HEAD", "ref: refs/heads/main\n");
        string nested = project.Write("src/App/App.csproj", File.ReadAllText(Path.Combine(project.Folder, "App.csproj")));
        Assert.Contains($"shown: Words ;PathMap={project.Folder}=/_;", project.Build("Show", EvaluatedProject.Publishing, nested).Succeeds().Output);

        // A submodule, or a work tree beside the first one: what contains it is nothing to it.
        project.Write("src/.git", "gitdir: ../.git/modules/src\n");
        Assert.Contains($"shown: Words ;PathMap={project.Folder}/src=/_;", project.Build("Show", EvaluatedProject.Publishing, nested).Succeeds().Output);
    }

    [TestMethod]
    [DataRow("", "linux-x64")]
    [DataRow("<EdgeRuntimeIdentifiers>linux-x64;linux-arm64</EdgeRuntimeIdentifiers>", "linux-x64;linux-arm64")]
    public void Packages_are_restored_for_the_platforms_of_the_image_alone(string properties, string expected)
    {
        using EvaluatedProject project = new($"<OutputType>Exe</OutputType><RuntimeIdentifiers>win-x64;osx-arm64;linux-musl-x64</RuntimeIdentifiers>{properties}");

        Assert.AreEqual(expected, project.Property("RuntimeIdentifiers").TrimStart(';'));
        Assert.AreEqual("linux-x64", project.Property("RuntimeIdentifier"));
    }

    [TestMethod]
    public void The_extreme_tier_adds_what_costs_the_user_something()
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType><EdgeOptimize>Extreme</EdgeOptimize>");
        IReadOnlyDictionary<string, string> seen = project.Properties(
            Publish, "StackTraceSupport", "UseSystemResourceKeys", "InvariantTimezone", "PositionIndependentExecutable",
            "OptimizationPreference");

        Assert.AreEqual("false", seen["StackTraceSupport"]);
        Assert.AreEqual("true", seen["UseSystemResourceKeys"]);
        Assert.AreEqual("true", seen["InvariantTimezone"]);
        Assert.AreEqual("false", seen["PositionIndependentExecutable"]);
        Assert.AreEqual("Size", seen["OptimizationPreference"]);
    }

    [TestMethod]
    public void The_speed_tier_leaves_the_optimization_preference_alone()
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType><EdgeOptimize>Speed</EdgeOptimize>");

        Assert.AreEqual("", project.Property("OptimizationPreference", EvaluatedProject.Publishing));
    }

    [TestMethod]
    [DataRow("OptimizationPreference", "Speed")]
    [DataRow("InvariantGlobalization", "false")]
    [DataRow("EventSourceSupport", "true")]
    [DataRow("MetricsSupport", "true")]
    [DataRow("StripSymbols", "false")]
    [DataRow("StaticExecutable", "false")]
    [DataRow("StackTraceSupport", "true")]
    [DataRow("UseSystemResourceKeys", "false")]
    [DataRow("PositionIndependentExecutable", "true")]
    [DataRow("PathMap", "/a=/b")]
    [DataRow("EdgeTags", "mine")]
    [DataRow("EdgeStatic", "false")]
    public void What_the_user_set_wins_in_the_project_and_on_the_command_line(string name, string value)
    {
        using EvaluatedProject inProject = new($"<OutputType>Exe</OutputType><EdgeOptimize>Extreme</EdgeOptimize><{name}>{value}</{name}>");
        using EvaluatedProject onCommandLine = new("<OutputType>Exe</OutputType><EdgeOptimize>Extreme</EdgeOptimize>");

        Assert.AreEqual(value, inProject.Property(name, EvaluatedProject.Publishing));
        Assert.AreEqual(value, onCommandLine.Property(name, EvaluatedProject.Publishing, $"-p:{name}={value}"));
    }

    [TestMethod]
    [DataRow("", "auto", "true")]
    [DataRow("<EdgeStatic>true</EdgeStatic>", "true", "true")]
    [DataRow("<EdgeStatic>false</EdgeStatic>", "false", "false")]
    [DataRow("<StaticExecutable>true</StaticExecutable>", "true", "true")]
    [DataRow("<StaticExecutable>false</StaticExecutable>", "false", "false")]
    public void An_executable_is_static_to_begin_with_unless_the_project_says_otherwise(string property, string edgeStatic, string isStatic)
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType>" + property);
        IReadOnlyDictionary<string, string> seen = project.Properties(
            [EvaluatedProject.Publishing], "EdgeStatic", "StaticExecutable");

        Assert.AreEqual((edgeStatic, isStatic), (seen["EdgeStatic"], seen["StaticExecutable"]));
    }

    [TestMethod]
    [DataRow("-p:EdgeStatic=sometimes")]
    [DataRow("-p:EdgeStatic=true", "-p:StaticExecutable=false")]
    public void A_linkage_that_is_none_or_contradicts_is_refused_before_anything_is_compiled(params string[] properties)
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType>");
        project.Build("_EdgeSlimCheckProperties", [EvaluatedProject.Publishing, .. properties]).FailsWith("EDGE9004");
    }

    [TestMethod]
    public void What_Directory_Build_props_sets_wins()
    {
        using EvaluatedProject project = new();
        project.Write(
            "Directory.Build.props",
            "<Project><PropertyGroup><InvariantGlobalization>false</InvariantGlobalization></PropertyGroup></Project>");

        Assert.AreEqual("false", project.Property("InvariantGlobalization", EvaluatedProject.Publishing));
    }

    [TestMethod]
    [DataRow("-r", "linux-arm64", "linux-arm64")]
    [DataRow("-p:ContainerRuntimeIdentifier=linux-arm64", "", "linux-arm64")]
    public void The_runtime_identifier_that_the_user_names_is_taken(string argument, string value, string expected)
    {
        using EvaluatedProject project = new();
        string property = argument == "-r" ? $"-p:RuntimeIdentifier={value}" : argument;

        Assert.AreEqual(expected, project.Property("RuntimeIdentifier", EvaluatedProject.Publishing, property));
    }

    [TestMethod]
    [DataRow("<EdgeMode>trimmed</EdgeMode>", "PublishTrimmed", "true")]
    [DataRow("<EdgeMode>trimmed</EdgeMode>", "PublishSingleFile", "true")]
    [DataRow("<EdgeMode>trimmed</EdgeMode>", "PublishAot", "false")]
    [DataRow("<EdgeMode>trimmed</EdgeMode>", "TrimMode", "")]
    [DataRow("<EdgeMode>selfcontained</EdgeMode>", "SelfContained", "true")]
    [DataRow("<EdgeMode>selfcontained</EdgeMode>", "PublishTrimmed", "false")]
    [DataRow("<PublishAot>true</PublishAot>", "_EdgeSlimModes", "aot")]
    [DataRow("<PublishAot>true</PublishAot><PublishSingleFile>true</PublishSingleFile>", "PublishSingleFile", "false")]
    [DataRow("<PublishAot>true</PublishAot><EdgeMode>selfcontained</EdgeMode>", "PublishAot", "false")]
    [DataRow("<PublishAot>false</PublishAot>", "_EdgeSlimModes", "trimmed;selfcontained")]
    [DataRow("<PublishAot>false</PublishAot>", "TrimMode", "partial")]
    [DataRow("<PublishAot>false</PublishAot>", "JsonSerializerIsReflectionEnabledByDefault", "true")]
    [DataRow("<PublishAot>false</PublishAot><TrimMode>full</TrimMode>", "TrimMode", "full")]
    [DataRow("<PublishAot>false</PublishAot><PublishTrimmed>true</PublishTrimmed>", "_EdgeSlimModes", "trimmed")]
    [DataRow("<PublishTrimmed>true</PublishTrimmed><PublishSingleFile>true</PublishSingleFile>", "_EdgeSlimModes", "trimmed")]
    [DataRow("<PublishTrimmed>true</PublishTrimmed><PublishSingleFile>false</PublishSingleFile>", "PublishSingleFile", "false")]
    [DataRow("<PublishTrimmed>false</PublishTrimmed>", "_EdgeSlimModes", "selfcontained")]
    [DataRow("<SelfContained>false</SelfContained>", "_EdgeSlimModes", "framework")]
    [DataRow("<PublishSelfContained>false</PublishSelfContained>", "_EdgeSlimModes", "framework")]
    [DataRow("<PublishSelfContained>false</PublishSelfContained><PublishTrimmed>false</PublishTrimmed>", "_EdgeSlimModes", "framework")]
    [DataRow("<PublishSelfContained>true</PublishSelfContained><SelfContained>false</SelfContained>", "_EdgeSlimModes", "aot;trimmed;selfcontained")]
    [DataRow("<SelfContained>true</SelfContained><PublishSingleFile>true</PublishSingleFile>", "_EdgeSlimModes", "aot;trimmed;selfcontained")]
    [DataRow("<PublishReadyToRun>true</PublishReadyToRun>", "_EdgeSlimModes", "aot;trimmed;selfcontained")]
    [DataRow("<EdgeMode>auto</EdgeMode>", "_EdgeSlimModeIsOpen", "true")]
    [DataRow("<EdgeMode>aot</EdgeMode>", "_EdgeSlimModeIsOpen", "false")]
    public void The_mode_decides_how_it_is_published(string properties, string name, string expected)
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType>" + properties);

        Assert.AreEqual(expected, project.Property(name, EvaluatedProject.Publishing));
    }

    [TestMethod]
    public void A_static_binary_calls_the_C_library_directly_and_a_dynamic_one_does_not()
    {
        using EvaluatedProject project = new();

        Assert.Contains("libc", project.Items("DirectPInvoke", EvaluatedProject.Publishing));
        Assert.DoesNotContain("libc", project.Items("DirectPInvoke", EvaluatedProject.Publishing, "-p:StaticExecutable=false"));
    }

    [TestMethod]
    [DataRow("Microsoft.NET.Sdk.Web", "", "false")]
    [DataRow("Microsoft.NET.Sdk.Web", "<EdgeServerGarbageCollection>true</EdgeServerGarbageCollection>", "true")]
    [DataRow("Microsoft.NET.Sdk.Web", "<EdgeOptimize>Speed</EdgeOptimize>", "true")]
    [DataRow("Microsoft.NET.Sdk", "<ServerGarbageCollection>true</ServerGarbageCollection>", "true")]
    public void The_garbage_collector_of_a_web_project_is_for_few_processors(string sdk, string properties, string expected)
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType>" + properties, sdk: sdk);

        Assert.AreEqual(expected, project.Property("ServerGarbageCollection", EvaluatedProject.Publishing));
    }

    [TestMethod]
    public void Code_that_nothing_gets_to_is_named_to_the_compiler_unless_it_can_be_got_to()
    {
        using EvaluatedProject project = new();
        string[] Substitutions(params string[] arguments) =>
        [
            .. project.Items("IlcArg", [EvaluatedProject.Publishing, .. arguments])
                .Where(i => i.StartsWith("--substitution:", StringComparison.Ordinal))
                .Select(i => Path.GetFileName(i)),
        ];

        Assert.AreEqual("quic.xml development.xml", string.Join(' ', Substitutions()));
        Assert.AreEqual("quic.xml", string.Join(' ', Substitutions("-p:EdgeDevelopmentEnvironment=true")));
        Assert.AreEqual("development.xml", string.Join(' ', Substitutions("-p:StaticExecutable=false")));
        Assert.IsEmpty(Substitutions("-p:PublishAot=false"));
    }

    [TestMethod]
    [DataRow("", "needed")]
    [DataRow("-p:EdgeOptimize=Extreme", "needed")]
    [DataRow("-p:EdgeOptimize=Speed", "all")]
    public void OpenSSL_is_linked_with_the_algorithms_that_are_needed(string argument, string expected)
    {
        using EvaluatedProject project = new();

        Assert.AreEqual(expected, project.Property("EdgeOpenSslAlgorithms", [EvaluatedProject.Publishing, .. argument.Length > 0 ? [argument] : Array.Empty<string>()]));
    }
}
