using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>The cost of verifying that a CA of the bundle issued a client's certificate, accepted or rejected.</summary>
[MemoryDiagnoser]
public class ChainBenchmarks
{
    private ChainMaterial _chain = null!;
    private RsaVerification _rsa = null!;

    [Params(1, 10, 50, 200)]
    public int Anchors { get; set; }

    [GlobalSetup]
    public void Setup() => (_chain, _rsa) = (new(Anchors), new());

    [GlobalCleanup]
    public void Cleanup()
    {
        _chain.Dispose();
        _rsa.Dispose();
    }

    [Benchmark(Baseline = true)]
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark]
    public bool Verify_First() => _chain.VerifyFirst();

    [Benchmark]
    public bool Verify_SeenBefore() => _chain.VerifySeenBefore();

    [Benchmark]
    public bool Reject_Untrusted() => _chain.RejectUntrusted();

    [Benchmark]
    public bool Reject_Forged() => _chain.RejectForged();

    [Benchmark]
    public bool Reject_Expired() => _chain.RejectExpired();

    [Benchmark]
    public bool X509ChainBuild() => _chain.X509ChainBuild();

    [Benchmark]
    public bool X509ChainBuild_Untrusted() => _chain.X509ChainRejectUntrusted();
}
