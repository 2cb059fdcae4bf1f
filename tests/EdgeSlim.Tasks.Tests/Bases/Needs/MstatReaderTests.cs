using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class MstatReaderTests
{
    private static readonly HashSet<string> Asked = ["GetUserNameFromPasswd", "FindSystemTimeZoneById", "<Main>$", "FindValue"];

    [TestMethod]
    [DataRow("System.Private.CoreLib", "Interop/Sys", "GetUserNameFromPasswd", true)]
    [DataRow("System.Private.CoreLib", "System.TimeZoneInfo", "FindSystemTimeZoneById", false)]
    [DataRow("Small", "Program", "<Main>$", true)]
    [DataRow("System.Private.CoreLib", "System.Collections.Generic.Dictionary`2", "FindValue", true)]
    [DataRow("Other", "Interop/Sys", "GetUserNameFromPasswd", false)]
    public void The_methods_of_a_real_program_are_found_by_their_names(
        string assembly, string type, string method, bool isThere)
    {
        Mstat mstat = MstatReader.Read(MstatSample.Read(), "a test", Asked);

        Assert.AreEqual(isThere, mstat.Contains(new MethodName(assembly, type, method)));
    }

    [TestMethod]
    public void What_was_not_asked_for_is_not_said_to_be_missing() =>
        Assert.ThrowsExactly<ArgumentException>(
            () => MstatReader.Read(MstatSample.Read(), "a test", Asked).Contains(new MethodName("Small", "Program", "Main")));

    [TestMethod]
    [DataRow(2, 1, "its version is 2.1, and 2.2 is known")]
    [DataRow(2, 3, "its version is 2.3, and 2.2 is known")]
    [DataRow(3, 2, "its version is 3.2, and 2.2 is known")]
    public void Another_version_is_refused(int major, int minor, string reason) =>
        Refused(Assembly(new Version(major, minor, 65535, 65535), "Methods"), reason);

    [TestMethod]
    public void An_assembly_that_lists_no_methods_is_refused() =>
        Refused(Assembly(new Version(2, 2, 0, 0), "Main"), "it does not list methods");

    [TestMethod]
    public void What_is_no_assembly_is_refused()
    {
        Refused([], "");
        Refused("This is no assembly, but a text of some length."u8.ToArray(), "");
        Refused(MstatSample.Read()[..4096], "");
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.AreEqual(
            DiagnosticCodes.MstatUnreadable,
            Assert.ThrowsExactly<EdgeException>(() => MstatReader.Read("/nonexistent/a.mstat", Asked)).Code);

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public void Whatever_is_done_to_a_file_the_outcome_is_a_result_or_a_coded_error()
    {
        byte[] sound = MstatSample.Read();
        bool all = Campaign.IsWhole;
        int first = Environment.TickCount;
        int refused = 0;
        using TemporaryFolder folder = new();
        string file = folder["damaged.mstat"];
        for (int i = 0; i < (all ? 20_000 : 300); i++)
        {
            int seed = unchecked(first + i);
            try
            {
                // As a build reads it: of a file, its metadata alone.
                File.WriteAllBytes(file, Damage(sound, new Random(seed)));
                _ = MstatReader.Read(file, Asked);
            }
            catch (EdgeException e) when (e.Code == DiagnosticCodes.MstatUnreadable)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {e}"));
            }
        }

        // Otherwise the damage does not reach what is read.
        Assert.IsGreaterThan(30, refused);
    }

    private static byte[] Damage(byte[] sound, Random random)
    {
        byte[] file = [.. sound];
        if (random.Next(8) == 0)
        {
            return file[..random.Next(file.Length)];
        }

        // The headers, the whole of the metadata, and numbers that are too large for where they stand.
        int end = random.Next(3) == 0 ? 1024 : file.Length / 2;
        for (int i = random.Next(1, 400); i > 0; i--)
        {
            int at = random.Next(end);
            if (random.Next(2) == 0)
            {
                file[at] = (byte)random.Next(256);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), random.Next(4) switch
                {
                    0 => -1,
                    1 => int.MaxValue,
                    2 => 0,
                    _ => random.Next(),
                });
            }
        }

        return file;
    }

    private static void Refused(byte[] content, string reason)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => MstatReader.Read(content, "a test", Asked));
        Assert.AreEqual(DiagnosticCodes.MstatUnreadable, e.Code);
        Assert.Contains(reason, e.Message);
    }

    /// <summary>An assembly with a name, a version and one global method without a body.</summary>
    private static byte[] Assembly(Version version, string method)
    {
        var metadata = new MetadataBuilder();
        StringHandle name = metadata.GetOrAddString("made");
        metadata.AddModule(0, name, metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(name, version, default, default, default, default);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, r => r.Void(), _ => { });
        metadata.AddMethodDefinition(
            MethodAttributes.Static, default, metadata.GetOrAddString(method), metadata.GetOrAddBlob(signature), -1, default);
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(image);
        return image.ToArray();
    }
}
