using System.Buffers.Binary;
using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Tests.Elf;

[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ElfFuzzTests
{
    private static readonly long[] WildValues =
        [0, 1, -1, 0x7F, 0xFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, long.MaxValue, long.MinValue, 1L << 40, 64, 4096];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Whatever_is_done_to_a_file_the_outcome_is_a_result_or_a_coded_error()
    {
        using var folder = new TemporaryFolder();
        byte[][] sound = await SoundFilesAsync(folder);
        bool all = Campaign.IsWhole;
        int first = Environment.TickCount;
        int refused = 0;
        for (int i = 0; i < (all ? 200_000 : 2_000); i++)
        {
            int seed = unchecked(first + i);
            byte[] file = Damage(sound[(uint)seed % sound.Length], new Random(seed));
            using var stream = new CountingStream(file);
            try
            {
                ReadAll(stream);
            }
            catch (EdgeException e) when (e.Code == DiagnosticCodes.InvalidElf)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {e}"));
            }

            Assert.IsLessThan(16L << 20, stream.BytesRead, $"Seed {seed}");
        }

        // Otherwise the damage does not reach what is read.
        Assert.IsGreaterThan(100, refused);
    }

    private async Task<byte[][]> SoundFilesAsync(TemporaryFolder folder)
    {
        string script = folder.Write("script", "MADE_1 { global: twice; }; MADE_2 { global: main; local: *; } MADE_1;");
        string[] files =
        [
            await Programs.CompileAsync(folder, "pie", "-pie", "-fPIE", "-Wl,-rpath,/opt"),
            await Programs.CompileAsync(folder, "sysv", "-no-pie", "-s", "-Wl,--hash-style=sysv", "-lm", "-Wl,--no-as-needed"),
            await Programs.CompileAsync(folder, "library", "-shared", "-fPIC", "-Wl,--version-script=" + script),
            await Programs.CompileAsync(folder, "object.o", "-c", "-g"),
        ];
        return await Task.WhenAll(files.Select(f => File.ReadAllBytesAsync(f, TestContext.CancellationToken)));
    }

    private static void ReadAll(Stream stream)
    {
        if (ElfReader.TryOpen(stream, "a test") is not ElfReader reader)
        {
            return;
        }

        // Each for itself: what one of them refuses must not keep damage from the others.
        EdgeException? refusal = null;
        Action[] parts =
        [
            () => reader.ReadFile(),
            () => reader.ReadDynamic(),
            () => reader.ReadDynamicSymbols(),
            () => reader.ReadUndefinedSymbols(),
            () => reader.ReadSections(),
        ];
        foreach (Action part in parts)
        {
            try
            {
                part();
            }
            catch (EdgeException e)
            {
                refusal = e;
            }
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private static byte[] Damage(byte[] sound, Random random)
    {
        byte[] file = [.. sound];
        switch (random.Next(5))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                for (int i = random.Next(1, 9); i > 0; i--)
                {
                    file[random.Next(file.Length)] = (byte)random.Next(256);
                }

                return file;
            case 2:
                // The headers, the program headers behind them and the notes.
                for (int i = random.Next(1, 9); i > 0; i--)
                {
                    file[random.Next(4, 1024)] = (byte)random.Next(256);
                }

                return file;
            case 3:
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    PutWild(file, random, 1024);
                }

                return file;
            default:
                // The tables that the headers lead to.
                for (int i = random.Next(1, 64); i > 0; i--)
                {
                    PutWild(file, random, file.Length - 8);
                }

                return file;
        }
    }

    private static void PutWild(byte[] file, Random random, int before)
    {
        long value = WildValues[random.Next(WildValues.Length)];
        int at = random.Next(2, before / 2) * 2;
        switch (random.Next(3))
        {
            case 0:
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), unchecked((ushort)value));
                break;
            case 1:
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), unchecked((uint)value));
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(at), value);
                break;
        }
    }
}
