namespace EdgeSlim.Tests;

/// <summary>When native code is used again: the content of what the compiler reads decides, and not its times.</summary>
[TestClass]
public sealed class NativeCodeTests
{
    private const string Body = """
        <PropertyGroup><Here>$(MSBuildProjectDirectory)/</Here></PropertyGroup>
        <ItemGroup><Read Include="$(Here)app.dll;$(Here)$(More)" /></ItemGroup>
        <Target Name="BeforeCompiler">
          <ReuseNativeCode CompilerInputs="@(Read)" NativeObject="$(Here)app.o" NativeBinary="$(Here)app" MemoryFile="$(Here)compiled.txt" />
        </Target>
        <Target Name="AfterCompiler">
          <WriteLinesToFile File="$(Here)app.o" Lines="native code" Overwrite="true" />
          <WriteLinesToFile File="$(Here)app" Lines="native code" Overwrite="true" />
          <ReuseNativeCode CompilerInputs="@(Read)" NativeObject="$(Here)app.o" NativeBinary="$(Here)app" MemoryFile="$(Here)compiled.txt" IsCompiled="true" />
        </Target>
        """;

    [TestMethod]
    [DataRow("one", 0, "library.dll", true)]
    [DataRow("one", -1, "library.dll", true)]
    [DataRow("two", 0, "library.dll", false)]
    [DataRow("two", -1, "library.dll", false)]
    [DataRow("one", 0, "app.dll", false)]
    [DataRow("one", 0, "other.dll", false)]
    [DataRow(null, 0, "library.dll", false)]
    public void Native_code_is_that_of_the_files_content(string? content, int hours, string more, bool isUsedAgain)
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType>", body: Body);
        string file = project.Write("library.dll", "one");
        project.Write("app.dll", "");
        project.Write("other.dll", "one");
        project.Build("BeforeCompiler", "-p:More=library.dll").Succeeds();
        project.Build("AfterCompiler", "-p:More=library.dll").Succeeds();

        File.Delete(file);
        if (content is not null)
        {
            project.Write("library.dll", content);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(hours));
        }

        project.Build("BeforeCompiler", $"-p:More={more}").Succeeds();

        string native = Path.Combine(project.Folder, "app.o");
        Assert.AreEqual(isUsedAgain, File.Exists(native));
        if (isUsedAgain)
        {
            // The .NET SDK goes by times, and links again what is older than its object file.
            Assert.IsGreaterThanOrEqualTo(File.GetLastWriteTimeUtc(file), File.GetLastWriteTimeUtc(native));
            Assert.IsGreaterThanOrEqualTo(File.GetLastWriteTimeUtc(native), File.GetLastWriteTimeUtc(Path.Combine(project.Folder, "app")));
        }
    }

    [TestMethod]
    public void A_compiler_that_was_stopped_compiles_again()
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType>", body: Body);
        project.Write("app.dll", "one");
        project.Build("BeforeCompiler").Succeeds();
        project.Build("AfterCompiler").Succeeds();
        project.Write("app.dll", "two");
        project.Build("BeforeCompiler").Succeeds();

        // Half of an object file, and the assembly of before.
        string native = project.Write("app.o", "half");
        project.Write("app.dll", "one");
        project.Build("BeforeCompiler").Succeeds();

        Assert.IsFalse(File.Exists(native));
    }
}
