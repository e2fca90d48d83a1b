using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Reloading;

/// <summary>Files are read twice if a program may be writing them, and once if a process starts with files that were written long
/// ago.</summary>
public sealed class SettlingTests : IDisposable
{
    private static readonly ReloadIntervals s_intervals = new(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);
    private static readonly byte[] s_set = TestTokenKey.CreateJwkSet(TestTokenKey.Create("k", SignatureAlgorithm.ES256));

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    // The fault: each material waited for a quarter of a second at each start.
    [Theory]
    [InlineData(-3600, 1)]
    [InlineData(-61, 1)]
    [InlineData(0, 2)]
    [InlineData(3600, 2)]
    public async Task Open_ReadsTwice_UnlessTheFileWasWrittenLongAgo(int seconds, int reads)
    {
        string file = _folder.Write("jwks.json", s_set);
        Age(file, TimeSpan.FromSeconds(seconds));
        CountedOrigin origin = new(new FileOrigin([file], 10_000, TimeSpan.FromMinutes(1), TimeProvider.System));

        using Reloadable<TokenKeySet> keys = await OpenAsync(origin, new TokenKeySetReader());
        origin.Reads.Should().Be(reads);

        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Unchanged);
        origin.Reads.Should().Be(reads + 1, "unchanged content is read once");
    }

    // With a clock that does not advance, the settle delay never ends. Old files do not wait for it.
    [Fact]
    public async Task Open_DoesNotDelay_WhenTheFileWasWrittenLongAgo()
    {
        string file = _folder.Write("jwks.json", s_set);
        Age(file, TimeSpan.FromHours(-1));
        FixedClock clock = new(new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));

        using Reloadable<TokenKeySet> keys = await TokenKeySet.OpenAsync(
            file, new() { TimeProvider = clock, ReadTimeout = TimeSpan.FromMinutes(1) }, Cancellation).WaitAsync(s_timeout, Cancellation);

        keys.Current.Count.Should().Be(1);
    }

    // A running process reads changed content twice, whatever the date of the file: a copy may keep the date of the original.
    [Fact]
    public async Task Reload_ReadsChangedContentTwice_WhateverTheAgeOfTheFile()
    {
        string file = _folder.Write("jwks.json", s_set);
        CountedOrigin origin = new(new FileOrigin([file], 10_000, TimeSpan.FromMinutes(1), TimeProvider.System));
        using Reloadable<TokenKeySet> keys = await OpenAsync(origin, new TokenKeySetReader());
        origin.Reads.Should().Be(2);

        _folder.Write("jwks.json", TestTokenKey.CreateJwkSet(TestTokenKey.Create("l", SignatureAlgorithm.ES256)));
        Age(file, TimeSpan.FromDays(-7));
        (await keys.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);

        origin.Reads.Should().Be(4);
    }

    [Fact]
    public async Task Open_ReadsAgain_WhenTheFileIsBeingWritten()
    {
        TestCertificateAuthority a = TestCertificateAuthority.Create(TestName.Of(("CN", "a")));
        TestCertificateAuthority b = TestCertificateAuthority.Create(TestName.Of(("CN", "b")));
        string file = _folder.Write("ca.pem", a.Pem);
        CountedOrigin origin = new(new FileOrigin([file], 10_000, TimeSpan.FromMinutes(1), TimeProvider.System))
        {
            // The writer paused between two certificates. The first read returned a bundle that looks complete.
            AfterRead = reading => File.WriteAllText(file, reading == 1 ? a.Pem + b.Pem : File.ReadAllText(file)),
        };

        using Reloadable<TrustBundle> bundle = await OpenAsync(origin, new TrustBundleReader(new()));

        bundle.Current.Anchors.Length.Should().Be(2);
    }

    // The files are old, but the key is that of another certificate: the files are read again.
    [Fact]
    public async Task Open_ReadsAgain_WhenOldFilesDoNotMatch()
    {
        TestCertificate first = Loopback.IssueServerCertificate(), second = Loopback.IssueServerCertificate();
        string certificate = _folder.Write("tls.crt", second.PemWithChain), key = _folder.Write("tls.key", first.PrivateKeyPem);
        Age(certificate, TimeSpan.FromDays(-300));
        Age(key, TimeSpan.FromDays(-300));
        CountedOrigin origin = new(new FileOrigin([certificate, key], 10_000, TimeSpan.FromMinutes(1), TimeProvider.System))
        {
            AfterRead = reading => _folder.Write("tls.key", reading == 1 ? second.PrivateKeyPem : File.ReadAllText(key)),
        };

        using Reloadable<ServerCertificate> server = await OpenAsync(origin, new ServerCertificateReader(certificate, key));

        server.Current.Parsed!.Der.ToArray().Should().Equal(second.Der.ToArray());
        origin.Reads.Should().BeGreaterThan(1);
    }

    [Fact]
    public void Stamp_Differs_WhenTheFileWasWritten()
    {
        string file = _folder.Write("file", "content");
        Age(file, TimeSpan.FromDays(-1));
        FileStamp before = FileStamp.Read(new(file));
        before.IsSettledAt(TimeProvider.System.GetUtcNow()).Should().BeTrue();
        FileStamp.Read(new(file)).Should().Be(before);

        // Written in place; replaced by a file of the same length that is one second younger; replaced by a longer file of the same date.
        File.WriteAllText(file, "content");
        FileStamp.Read(new(file)).Should().NotBe(before);
        _folder.Replace("file", "CONTENT");
        Age(file, TimeSpan.FromDays(-1) + TimeSpan.FromSeconds(1));
        FileStamp.Read(new(file)).Should().NotBe(before);
        File.WriteAllText(file, "content!");
        File.SetLastWriteTimeUtc(file, before.LastWriteUtc);
        FileStamp.Read(new(file)).Should().NotBe(before);
    }

    private static void Age(string file, TimeSpan age) =>
        File.SetLastWriteTimeUtc(file, (TimeProvider.System.GetUtcNow() + age).UtcDateTime);

    private static Task<Reloadable<T>> OpenAsync<T>(CountedOrigin origin, IMaterialReader<T> reader)
        where T : class => Reloadable<T>.OpenAsync(origin, reader, new() { SettleDelay = TimeSpan.Zero }, s_intervals, Cancellation);

    /// <summary>Counts the reads, and runs an action after each.</summary>
    private sealed class CountedOrigin(IMaterialOrigin inner) : IMaterialOrigin
    {
        internal int Reads { get; private set; }

        internal Action<int> AfterRead { get; init; } = _ => { };

        public bool IsAtomic => inner.IsAtomic;

        public async ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
        {
            OriginReadResult reading = await inner.ReadAsync(digestInUse, cancellationToken);
            AfterRead(++Reads);
            return reading;
        }

        public void Dispose() => inner.Dispose();
    }
}
