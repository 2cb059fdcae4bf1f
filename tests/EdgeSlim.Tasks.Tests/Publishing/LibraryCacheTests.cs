using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class LibraryCacheTests
{
    private const string Name = "shim.a";
    private const string Origin = "clang -c shim.c";

    private readonly RecordingSink _sink = new();

    [TestMethod]
    public void A_library_is_found_by_what_it_is_made_of()
    {
        using TemporaryFolder folder = new();
        LibraryCache cache = new(folder["cache"], long.MaxValue, _sink);
        Assert.IsNull(cache.Find(Origin, Name));

        cache.Keep(Origin, folder.Write(Name, "!<arch>"));
        Assert.AreSequenceEqual("!<arch>"u8.ToArray(), cache.Find(Origin, Name)!);
        Assert.IsNull(cache.Find(Origin + " -O2", Name));
        Assert.IsEmpty(_sink.Diagnostics);
    }

    [TestMethod]
    [DataRow("a byte")]
    [DataRow("the end")]
    [DataRow("everything")]
    [DataRow("another library's")]
    public void What_is_damaged_is_not_taken_and_that_is_told(string damage)
    {
        using TemporaryFolder folder = new();
        LibraryCache cache = new(folder["cache"], long.MaxValue, _sink);
        cache.Keep(Origin, folder.Write(Name, "!<arch>"));
        string entry = Directory.GetFiles(folder["cache/libraries"]).Single();
        byte[] content = File.ReadAllBytes(entry);
        if (damage == "another library's")
        {
            LibraryCache others = new(folder["others"], long.MaxValue);
            others.Keep("gcc", folder[Name]);
            content = File.ReadAllBytes(Directory.GetFiles(folder["others/libraries"]).Single());
        }

        content[0] ^= damage == "a byte" ? (byte)1 : (byte)0;
        File.WriteAllBytes(entry, damage switch
        {
            "the end" => content[..^1],
            "everything" => [],
            _ => content,
        });

        Assert.IsNull(cache.Find(Origin, Name));
        Assert.AreEqual("shim.a is damaged in the cache, and is compiled again.", _sink.Diagnostics.Single().Text);
        cache.Keep(Origin, folder[Name]);
        Assert.IsNotNull(cache.Find(Origin, Name));
    }

    [TestMethod]
    public void Libraries_count_among_what_the_cache_may_take()
    {
        using TemporaryFolder folder = new();
        LibraryCache cache = new(folder["cache"], 100, _sink);
        string library = folder.Write(Name, new string('x', 60));
        cache.Keep(Origin, library);
        File.SetLastWriteTimeUtc(Directory.GetFiles(folder["cache/libraries"]).Single(), DateTime.UtcNow.AddMinutes(-1));
        cache.Keep("another", library);
        Assert.IsNull(cache.Find(Origin, Name));
        Assert.IsNotNull(cache.Find("another", Name));

        // One that is larger than all of it drives out nothing.
        cache.Keep(Origin, folder.Write(Name, new string('x', 100)));
        Assert.IsNull(cache.Find(Origin, Name));
        Assert.IsNotNull(cache.Find("another", Name));
    }

    [TestMethod]
    public void Where_it_cannot_be_kept_a_line_says_so()
    {
        using TemporaryFolder folder = new();
        new LibraryCache(folder.Write("cache", "a file"), long.MaxValue, _sink).Keep(Origin, folder.Write(Name, "!<arch>"));
        Assert.StartsWith("shim.a is not kept in the cache", _sink.Diagnostics.Single().Text);
    }

    [TestMethod]
    public void Another_compiler_behind_the_same_name_is_another_origin()
    {
        using TemporaryFolder folder = new();
        string compiler = folder.Write("llvm/clang", "14");
        File.CreateSymbolicLink(folder["clang"], compiler);
        string before = LibraryCache.Origin(folder["clang"], "shim.c");
        Assert.AreEqual(before, LibraryCache.Origin(folder["clang"], "shim.c"));
        Assert.AreNotEqual(before, LibraryCache.Origin(folder["clang"], "other.c"));
        File.WriteAllText(compiler, "15.0");
        Assert.AreNotEqual(before, LibraryCache.Origin(folder["clang"], "shim.c"));
    }
}
