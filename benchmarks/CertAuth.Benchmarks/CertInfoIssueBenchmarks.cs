using BenchmarkDotNet.Attributes;
using CertAuth.Testing;

namespace CertAuth.Benchmarks;

/// <summary>The cost of issuing a cert-info token.</summary>
[MemoryDiagnoser]
public class CertInfoIssueBenchmarks
{
    private CertInfoMaterial _token = null!;
    private RsaVerification _rsa = null!;

    [Params(TestKeyType.Rsa2048, TestKeyType.P256)]
    public TestKeyType Key { get; set; }

    [GlobalSetup]
    public void Setup() => (_token, _rsa) = (new(Key), new());

    [GlobalCleanup]
    public void Cleanup()
    {
        _token.Dispose();
        _rsa.Dispose();
    }

    [Benchmark(Baseline = true)]
    public bool BareSign() => _token.Bare.Sign();

    [Benchmark]
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark]
    public bool HashAndBareSign() => _token.Bare.HashAndSign();

    [Benchmark]
    public bool Issue() => _token.Issue();
}
