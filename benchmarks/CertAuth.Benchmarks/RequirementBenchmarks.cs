using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>What does it cost to decide about a connection by a whole REQUIRE clause, its facts at hand?</summary>
[MemoryDiagnoser]
public class RequirementBenchmarks
{
    private RequirementMaterial _clause = null!;
    private RsaVerification _rsa = null!;

    [GlobalSetup]
    public void Setup() => (_clause, _rsa) = (new(), new());

    [GlobalCleanup]
    public void Cleanup() => _rsa.Dispose();

    [Benchmark(Baseline = true)]
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Meet() => _clause.Meet();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Meet_SeenBefore() => _clause.MeetSeen();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Refuse_Subject() => _clause.RefuseSubject();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Refuse_San() => _clause.RefuseSan();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Refuse_Cipher() => _clause.RefuseCipher();
}
