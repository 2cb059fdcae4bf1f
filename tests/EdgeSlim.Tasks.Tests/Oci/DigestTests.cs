using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Oci;

[TestClass]
public sealed class DigestTests
{
    [TestMethod]
    public void The_digest_of_the_empty_object_is_the_one_that_the_specification_gives() =>
        Assert.AreEqual(
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            Digest.Of("{}"u8).ToString());

    [TestMethod]
    [DataRow("")]
    [DataRow("sha256:")]
    [DataRow("sha256:44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A")]
    [DataRow("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8")]
    [DataRow("sha256:../../../../etc/passwd-----------------------------------------")]
    [DataRow("sha512:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    public void What_is_not_a_sha256_digest_is_refused(string text) =>
        Assert.IsFalse(Digest.TryParse(text, out _));
}
