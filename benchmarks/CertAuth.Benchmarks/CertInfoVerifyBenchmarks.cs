using BenchmarkDotNet.Attributes;
using CertAuth.Testing;

namespace CertAuth.Benchmarks;

/// <summary>The cost of verifying a cert-info token, accepted or rejected.</summary>
[MemoryDiagnoser]
public class CertInfoVerifyBenchmarks
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
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark]
    public bool BareVerify() => _token.Bare.Verify();

    [Benchmark]
    public bool HashAndBareVerify() => _token.Bare.HashAndVerify();

    [Benchmark]
    public bool Verify() => _token.Verify();

    [Benchmark]
    public bool Verify_NamesUnseen() => _token.VerifyFirst();

    [Benchmark]
    public bool Reject_BadSignature() => _token.RejectBadSignature();

    [Benchmark]
    public bool Reject_WrongUser() => _token.RejectWrongUser();

    [Benchmark]
    public bool NaiveDotNet() => _token.Peers.VerifyNaively();

    [Benchmark]
    public bool SignedCms() => _token.Peers.VerifySignedCms();
}
