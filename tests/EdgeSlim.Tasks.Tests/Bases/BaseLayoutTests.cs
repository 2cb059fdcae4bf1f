using System.Text.Json;
using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class BaseLayoutTests : IDisposable
{
    private static readonly Platform Amd64 = new() { OperatingSystem = "linux", Architecture = "amd64" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Of_several_images_the_named_one_is_taken()
    {
        string layout = Write("base", ("one", "1"), ("two", "2"), ("two-again", "2"));

        Assert.AreEqual(Digest.Of("2"u8), BaseLayout.Find($"oci:{layout}:two", Amd64).Image.Digest);
        EdgeException unknown = Assert.ThrowsExactly<EdgeException>(() => BaseLayout.Find($"oci:{layout}:three", Amd64));
        Assert.AreEqual(DiagnosticCodes.BaseUnreadable, unknown.Code);
        Assert.Contains("names no image 'three', but one, two, two-again", unknown.Message);
        EdgeException open = Assert.ThrowsExactly<EdgeException>(() => BaseLayout.Find($"oci:{layout}", Amd64));
        Assert.AreEqual(DiagnosticCodes.BaseUnreadable, open.Code);
        Assert.Contains($"say which: oci:{layout}:one, oci:{layout}:two", open.Message);
    }

    [TestMethod]
    public void One_image_needs_no_name_however_many_it_has() =>
        Assert.AreEqual(Digest.Of("1"u8), BaseLayout.Find($"oci:{Write("base", ("one", "1"), ("also", "1"))}", Amd64).Image.Digest);

    [TestMethod]
    public void A_folder_may_have_a_colon_in_its_name()
    {
        string layout = Write("base:1", ("one", "1"));

        Assert.AreEqual(layout, BaseLayout.Find($"oci:{layout}", Amd64).Layout.Folder);
        Assert.AreEqual(layout, BaseLayout.Find($"oci:{layout}:one", Amd64).Layout.Folder);
    }

    private string Write(string name, params (string RefName, string Content)[] images)
    {
        ImageIndex index = new()
        {
            Manifests =
            [
                .. images.Select(i => new Descriptor
                {
                    MediaType = MediaTypes.ImageManifest,
                    Digest = Digest.Of(System.Text.Encoding.UTF8.GetBytes(i.Content)),
                    Size = 1,
                    Annotations = new SortedDictionary<string, string> { [ImageLayout.RefNameAnnotation] = i.RefName },
                }),
            ],
        };
        Directory.CreateDirectory(_folder[name]);
        File.WriteAllBytes(Path.Combine(_folder[name], "index.json"), JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Documents.ImageIndex));
        return _folder[name];
    }
}
