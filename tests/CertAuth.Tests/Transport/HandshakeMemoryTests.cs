using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>Handshakes leak no memory, managed or native.</summary>
/// <remarks>The client sends two intermediates in each handshake. <c>CERTAUTH_HANDSHAKES</c> sets another number than 2,500. The test
/// measures the process, so no other test runs at the same time. It does not detect memory that is freed only by a finalizer;
/// <see cref="PeerCertificatesTests"/> does.</remarks>
[CollectionDefinition(nameof(HandshakeMemoryTests), DisableParallelization = true)]
[Collection(nameof(HandshakeMemoryTests))]
public sealed class HandshakeMemoryTests
{
    private const string Variable = "CERTAUTH_HANDSHAKES";
    private const int WarmUp = 800;
    private const int Handshakes = 2500;

    // RecordedMeasurement on Linux: 8 MiB resident after 2,500 handshakes and after 7,500, so nothing leaks.
    private const long MaxGrowth = 20L * 1024 * 1024;
    private const int PageSize = 4096;

    [Fact]
    public async Task Handshake_LeaksNoMemory()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Memory is read from /proc.");

        string? value = Environment.GetEnvironmentVariable(Variable);
        int handshakes = int.TryParse(value, CultureInfo.InvariantCulture, out int chosen) ? chosen : Handshakes;
        TestCertificateAuthority root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));
        TestCertificate leaf = root.IssueIntermediate(TestName.Of(("CN", "upper"))).IssueIntermediate(TestName.Of(("CN", "lower")))
            .IssueClient(TestName.Of(("CN", "alice")));
        ServerTls tls = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = Source.Fixed(Bundle(root.Certificate)),
        });
        using X509Certificate2 certificate = leaf.ToX509Certificate2();
        var client = Loopback.ClientOptions(SslProtocols.Tls13, certificate, leaf.Chain);

        (long managed, long native) before = await RunAsync(WarmUp);
        (long managed, long native) after = await RunAsync(handshakes);

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{handshakes} handshakes: managed {(after.managed - before.managed) >> 10} KiB, "
            + $"resident {(after.native - before.native) >> 10} KiB");
        (after.managed - before.managed).Should().BeInRange(long.MinValue, MaxGrowth);
        (after.native - before.native).Should().BeInRange(long.MinValue, MaxGrowth);

        async Task<(long Managed, long Native)> RunAsync(int count)
        {
            for (int i = 0; i < count; i++)
                ((await tls.ShakeHandsAsync(client)).Info?.ClientCertificate).Should().NotBeNull();
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            string[] pages = File.ReadAllText("/proc/self/statm").Split(' ');
            return (GC.GetTotalMemory(forceFullCollection: true), long.Parse(pages[1], CultureInfo.InvariantCulture) * PageSize);
        }
    }
}
