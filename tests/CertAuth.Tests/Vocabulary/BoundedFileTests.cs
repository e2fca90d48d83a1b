namespace CertAuth.Tests.Vocabulary;

/// <summary>Attacks on the memory of a process: a private key that stays in it after its file was read.</summary>
public sealed class BoundedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5000, 0)]
    [InlineData(100_000, 0)]
    [InlineData(100_000, 10)]
    [InlineData(100_000, 100_000)]
    [InlineData(300_000, 200_000)]
    [InlineData(300_000, long.MaxValue)]
    public void Read_LeavesTheContentOnlyInTheResult(int length, long expectedBytes)
    {
        const int MaxBytes = 250_000;
        using RecordingStream stream = new(length);

        byte[] content = BoundedFile.Read(stream, expectedBytes, MaxBytes);

        content.Should().Equal(Enumerable.Repeat(RecordingStream.Secret, Math.Min(length, MaxBytes + 1)));
        stream.Buffers.Should().NotBeEmpty().And.NotContain(buffer => Array.IndexOf(buffer, RecordingStream.Secret) >= 0);
    }

    [Fact]
    public void Read_ClearsWhatWasRead_WhenTheStreamFails()
    {
        using RecordingStream stream = new(100_000) { FailsAtEnd = true };

        FluentActions.Invoking(() => BoundedFile.Read(stream, 0, 200_000)).Should().ThrowExactly<IOException>();

        stream.Buffers.Should().NotBeEmpty().And.NotContain(buffer => Array.IndexOf(buffer, RecordingStream.Secret) >= 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ClearsTheContent_WhenTheFunctionEnds(bool fails)
    {
        string file = _folder.Write("key.pem", "secret");
        ReadOnlyMemory<byte> seen = default;
        Func<string> load = () => BoundedFile.Load(file, 100, content =>
        {
            seen = content;
            return fails ? throw new InvalidDataException() : Convert.ToHexString(content.Span);
        });

        if (fails)
            load.Should().ThrowExactly<InvalidDataException>();
        else
            load().Should().Be(Convert.ToHexString("secret"u8));

        seen.ToArray().Should().Equal(new byte[6]);
    }

    private sealed class RecordingStream(int length) : MemoryStream([.. Enumerable.Repeat(Secret, length)])
    {
        internal const byte Secret = 0x53;

        internal List<byte[]> Buffers { get; } = [];

        internal bool FailsAtEnd { get; init; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Buffers.Add(buffer);
            int read = base.Read(buffer, offset, count);
            return read == 0 && FailsAtEnd ? throw new IOException() : read;
        }
    }
}
