using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>The cost of finding a required name among a certificate's alternative names.</summary>
[MemoryDiagnoser]
public class SanBenchmarks
{
    private SanMaterial _sans = null!;
    private RsaVerification _rsa = null!;

    [Params(1, 4, 32, 1000)]
    public int Names { get; set; }

    [GlobalSetup]
    public void Setup() => (_sans, _rsa) = (new(Names), new());

    [GlobalCleanup]
    public void Cleanup() => _rsa.Dispose();

    [Benchmark(Baseline = true)]
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark(OperationsPerInvoke = SanMaterial.Operations)]
    public bool IsMetBy() => _sans.Meet();

    [Benchmark(OperationsPerInvoke = SanMaterial.Operations)]
    public bool Reject() => _sans.Reject();

    [Benchmark]
    public bool X509Extension() => _sans.Peers.X509Extension();

    [Benchmark]
    public bool X509Extension_Reject() => _sans.Peers.X509ExtensionReject();

    [Benchmark]
    public bool BouncyCastle() => _sans.Peers.BouncyCastle();

    [Benchmark]
    public bool BouncyCastle_Reject() => _sans.Peers.BouncyCastleReject();
}
