using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>What does it cost to find out whether a token logs a user in?</summary>
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
    public bool Validate_Again() => _token.ValidateAgain();

    [Benchmark]
    public bool Refuse_OtherUser() => _token.RefuseOtherUser();

    [Benchmark]
    public bool Refuse_UnknownKid() => _token.RefuseUnknownKid();

    [Benchmark]
    public bool Refuse_None() => _token.RefuseNone();

    [Benchmark]
    public bool JsonWebTokens() => _token.Peers.Validate();

    [Benchmark]
    public bool JsonWebTokens_UnknownKid() => _token.Peers.RefuseUnknownKid();

    [Benchmark]
    public bool JsonWebTokens_UnknownKidByDefault() => _token.Peers.RefuseUnknownKidByDefault();
}
