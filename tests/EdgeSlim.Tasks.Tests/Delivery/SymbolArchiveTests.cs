using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Delivery;

[TestClass]
public sealed class SymbolArchiveTests
{
    [TestMethod]
    public async Task The_symbols_of_the_image_and_no_others_are_packed_and_the_same_ones_give_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        folder.Write("symbols/.build-id/ab/cdef.debug", "of this image");
        folder.Write("symbols/.build-id/01/2345.debug", "of an earlier image");
        folder.Write("symbols/App.pdb", "managed");
        Payload payload = Of(new SymbolFile("App.pdb", 7, null), new SymbolFile(".build-id/ab/cdef.debug", 13, "abcdef"));

        Assert.IsTrue(SymbolArchive.Pack(payload, folder["symbols"], folder["one.tar.gz"], CancellationToken.None));
        File.SetLastWriteTimeUtc(folder["symbols/App.pdb"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.IsTrue(SymbolArchive.Pack(Of([.. payload.Symbols.Reverse()]), folder["symbols"], folder["two.tar.gz"], CancellationToken.None));

        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(folder["one.tar.gz"], CancellationToken.None), await File.ReadAllBytesAsync(folder["two.tar.gz"], CancellationToken.None));
        Assert.AreEqual(".build-id/ab/cdef.debug\nApp.pdb\n", await Programs.RunAsync("tar", "-tzf", folder["one.tar.gz"]));
        Assert.AreEqual("of this image", await Programs.RunAsync("tar", "-xzOf", folder["one.tar.gz"], ".build-id/ab/cdef.debug"));
    }

    [TestMethod]
    public void Without_symbols_what_an_earlier_build_packed_goes()
    {
        using TemporaryFolder folder = new();
        folder.Write("symbols.tar.gz", "of another image");
        Assert.IsFalse(SymbolArchive.Pack(Of(), folder["symbols"], folder["symbols.tar.gz"], CancellationToken.None));
        Assert.IsFalse(File.Exists(folder["symbols.tar.gz"]));
    }

    [TestMethod]
    public void Symbols_that_are_gone_are_an_error_and_nothing_is_half_written()
    {
        using TemporaryFolder folder = new();
        EdgeException error = Assert.ThrowsExactly<EdgeException>(
            () => SymbolArchive.Pack(Of(new SymbolFile("App.pdb", 7, null)), folder["symbols"], folder["symbols.tar.gz"], CancellationToken.None));
        Assert.AreEqual(DiagnosticCodes.PayloadFileMissing, error.Code);
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }

    private static Payload Of(params SymbolFile[] symbols) => new() { Files = [], Excluded = [], Symbols = symbols };
}
