using BenchmarkDotNet.Attributes;

namespace CertAuth.Benchmarks;

/// <summary>The cost of comparing a certificate's name with a required one, and of formatting it.</summary>
[MemoryDiagnoser]
public class NameBenchmarks
{
    private NameMaterial _name = null!;
    private RsaVerification _rsa = null!;

    [Params(1, 7, 64, 512)]
    public int Rdns { get; set; }

    [GlobalSetup]
    public void Setup() => (_name, _rsa) = (new(Rdns), new());

    [GlobalCleanup]
    public void Cleanup() => _rsa.Dispose();

    [Benchmark(Baseline = true)]
    public bool RsaVerifyHash() => _rsa.Verify();

    [Benchmark(OperationsPerInvoke = NameMaterial.Operations)]
    public bool DerEquality() => _name.EqualDer();

    [Benchmark(OperationsPerInvoke = NameMaterial.Operations)]
    public bool Matches() => _name.Meet();

    [Benchmark(OperationsPerInvoke = NameMaterial.Operations)]
    public bool Matches_SeenBefore() => _name.MeetSeen();

    [Benchmark(OperationsPerInvoke = NameMaterial.Operations)]
    public bool Reject() => _name.Reject();

    [Benchmark(OperationsPerInvoke = NameMaterial.Operations)]
    public bool Format() => _name.Format();

    [Benchmark]
    public bool AsnReader() => _name.Peers.AsnReader();

    [Benchmark]
    public bool AsnReader_Reject() => _name.Peers.AsnReaderReject();

    [Benchmark]
    public bool X500DistinguishedName() => _name.Peers.X500();

    [Benchmark]
    public bool X500DistinguishedName_Reject() => _name.Peers.X500Reject();

    [Benchmark]
    public bool BouncyCastle() => _name.Peers.BouncyCastle();

    [Benchmark]
    public bool BouncyCastle_Reject() => _name.Peers.BouncyCastleReject();

    [Benchmark]
    public bool BouncyCastle_Format() => _name.Peers.BouncyCastleText();
}
