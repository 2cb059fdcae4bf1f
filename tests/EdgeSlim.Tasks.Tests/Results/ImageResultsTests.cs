using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Results;

/// <summary>What was learned about an image is found by its digest and by what was asked.</summary>
[TestClass]
public sealed class ImageResultsTests : IDisposable
{
    private static readonly Digest One = Digest.Of("one"u8);
    private static readonly Digest Two = Digest.Of("two"u8);
    private static readonly Question Asked = Question.Of("trial", ["memory", "512 MiB"]);
    private readonly TemporaryFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task An_answer_is_found_for_its_image_and_question_and_for_no_other()
    {
        var time = DateTimeOffset.Parse("2026-01-02T03:04:05Z", System.Globalization.CultureInfo.InvariantCulture);
        await KeepAsync(One, Asked, time);

        Answer<TrialResult>? found = await FindAsync(One, Asked);
        Assert.AreEqual(time, found!.Time);
        Assert.AreEqual("podman", found.Value.Engine);
        Assert.IsNull(await FindAsync(Two, Asked));
        Assert.IsNull(await FindAsync(One, Question.Of("trial", ["memory", "64 MiB"])));
        Assert.IsNull(await FindAsync(One, Question.Of("scan", ["memory", "512 MiB"])));
    }

    [TestMethod]
    [DataRow("a", "bc")]
    [DataRow("ab", "c", "")]
    [DataRow("abc")]
    [DataRow("c", "ab")]
    public void Questions_of_other_parts_are_other_questions(params string[] parts) =>
        Assert.AreNotEqual(Question.Of("trial", ["ab", "c"]), Question.Of("trial", parts));

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("""{"question":1,"time":"2026-01-02T03:04:05Z","answer":{}}""")]
    [DataRow("""{"question":"QUESTION","time":"soon","answer":{}}""")]
    [DataRow("""{"question":"QUESTION","time":"2026-01-02T03:04:05Z","answer":{}}""")]
    [DataRow("""{"question":"QUESTION","time":"2026-01-02T03:04:05Z","answer":null}""")]
    [DataRow("""{"question":"QUESTION","time":"2026-01-02T03:04:05Z"}""")]
    public async Task What_is_damaged_is_asked_again(string damaged)
    {
        await KeepAsync(One, Asked, DateTimeOffset.UtcNow);
        string file = Directory.GetFiles(_folder.Path, "trial-*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, damaged.Replace("QUESTION", Asked.Hash, StringComparison.Ordinal), TestContext.CancellationToken);
        Assert.IsNull(await FindAsync(One, Asked));

        await KeepAsync(One, Asked, DateTimeOffset.UtcNow);
        Assert.IsNotNull(await FindAsync(One, Asked));
    }

    [TestMethod]
    public async Task The_newest_images_keep_their_results()
    {
        for (int i = 0; i < 5; i++)
        {
            var image = Digest.Of([(byte)i]);
            await KeepAsync(image, Asked, DateTimeOffset.UtcNow);
            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(new ImageResults(_folder.Path, image).PathOf("x"))!, DateTime.UtcNow.AddMinutes(i));
        }

        _folder.Write("notes/mine.txt", "");
        ImageResults.DeleteOldest(_folder.Path, 2);

        Assert.IsNull(await FindAsync(Digest.Of([2]), Asked));
        Assert.IsNotNull(await FindAsync(Digest.Of([3]), Asked));
        Assert.IsNotNull(await FindAsync(Digest.Of([4]), Asked));
        Assert.IsTrue(File.Exists(_folder["notes/mine.txt"]));
        ImageResults.DeleteOldest(_folder["gone"], 2);
    }

    [TestMethod]
    public async Task An_image_that_is_made_again_keeps_its_mark_and_its_results()
    {
        DateTimeOffset time = DateTimeOffset.UtcNow;
        await PassedGates.MarkAsync(_folder.Path, [One], time, TestContext.CancellationToken);
        string mark = new ImageResults(_folder.Path, One).PathOf("gates.json");
        string text = await File.ReadAllTextAsync(mark, TestContext.CancellationToken);
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(mark)!, DateTime.UtcNow.AddYears(-1));
        await KeepAsync(Two, Asked, time);

        await PassedGates.MarkAsync(_folder.Path, [One], time.AddMinutes(1), TestContext.CancellationToken);
        ImageResults.DeleteOldest(_folder.Path, 1);

        Assert.AreEqual(text, await File.ReadAllTextAsync(mark, TestContext.CancellationToken));
        Assert.IsNull(await FindAsync(Two, Asked));
        PassedGates.Forget(_folder.Path, [One]);
        Assert.IsFalse(File.Exists(mark));
    }

    [TestMethod]
    public async Task A_result_that_cannot_be_written_is_an_error_with_a_code()
    {
        string file = _folder.Write("results", "a file");
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => new ImageResults(file, One).KeepAsync(
            Asked, new Answer<TrialResult>(DateTimeOffset.UtcNow, Trial(One)), FactsJson.Documents.TrialResult, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.OutputNotWritable, e.Code);
    }

    public void Dispose() => _folder.Dispose();

    private Task KeepAsync(Digest image, Question question, DateTimeOffset time) => new ImageResults(_folder.Path, image).KeepAsync(
        question, new Answer<TrialResult>(time, Trial(image)), FactsJson.Documents.TrialResult, TestContext.CancellationToken);

    private Task<Answer<TrialResult>?> FindAsync(Digest image, Question question) =>
        new ImageResults(_folder.Path, image).FindAsync(question, FactsJson.Documents.TrialResult, TestContext.CancellationToken);

    private static TrialResult Trial(Digest image) =>
        new() { Digest = image, Engine = "podman", MilliCpus = 500, MemoryLimitBytes = 1 << 29, ReadyWhen = "it ends" };
}
