using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>The cost of validating a login token.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private TokenMaterial _token = null!;
    private RsaVerification _rsa = null!;

    [Params(1, 10, 100, 1000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Setup() => (_token, _rsa) = (new(Keys), new());

    [GlobalCleanup]
    public void Cleanup() => _rsa.Dispose();

    [Benchmark(Baseline = true)]
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark]
    public bool Validate() => _token.Validate();

    [Benchmark]
    public bool Validate_Cached() => _token.ValidateAgain();

    [Benchmark]
    public bool Reject_OtherUser() => _token.RejectOtherUser();

    [Benchmark]
    public bool Reject_UnknownKid() => _token.RejectUnknownKid();

    [Benchmark]
    public bool Reject_None() => _token.RejectNone();

    [Benchmark]
    public bool JsonWebTokens() => _token.Peers.Validate();

    [Benchmark]
    public bool JsonWebTokens_UnknownKid() => _token.Peers.RejectUnknownKid();

    [Benchmark]
    public bool JsonWebTokens_UnknownKidByDefault() => _token.Peers.RejectUnknownKidByDefault();
}
