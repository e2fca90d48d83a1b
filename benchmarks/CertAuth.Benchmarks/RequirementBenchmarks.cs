using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>The cost of evaluating a complete REQUIRE clause for a connection with known facts.</summary>
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
    public bool Evaluate_Met() => _clause.Meet();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Evaluate_SeenBefore() => _clause.MeetSeen();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Reject_Subject() => _clause.RejectSubject();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Reject_San() => _clause.RejectSan();

    [Benchmark(OperationsPerInvoke = RequirementMaterial.Operations)]
    public bool Reject_Cipher() => _clause.RejectCipher();
}
