namespace EdgeSlim.Delivery;

/// <summary>What a destination did with an image.</summary>
/// <param name="Kind">The kind of destination: <c>registry</c>, <c>archive</c> or <c>engine</c>.</param>
/// <param name="Names">The names under which the image is there now, or the path of the file.</param>
/// <param name="BytesSent">The bytes of blobs that were sent or written.</param>
/// <param name="Remark">One phrase for the log.</param>
public sealed record Delivered(string Kind, IReadOnlyList<string> Names, long BytesSent, string Remark);
