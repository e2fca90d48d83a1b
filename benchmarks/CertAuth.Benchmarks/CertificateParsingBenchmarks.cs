using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>The cost of parsing a certificate.</summary>
[MemoryDiagnoser]
public class CertificateParsingBenchmarks
{
    private CertificateParsingMaterial _facts = null!;
    private RsaVerification _rsa = null!;

    [GlobalSetup]
    public void Setup() => (_facts, _rsa) = (new(), new());

    [GlobalCleanup]
    public void Cleanup() => _rsa.Dispose();

    [Benchmark(Baseline = true)]
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark]
    public bool Read() => _facts.Read();

    [Benchmark]
    public bool Reject() => _facts.Reject();

    [Benchmark]
    public bool ReadObjects() => _facts.ReadObjects();

    [Benchmark]
    public bool LoadCertificate() => _facts.LoadCertificate();

    [Benchmark]
    public bool LoadCertificate_Objects() => _facts.LoadCertificateObjects();
}
