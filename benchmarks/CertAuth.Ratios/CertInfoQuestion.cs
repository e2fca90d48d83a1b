using CertAuth.Benchmarks;
using CertAuth.Testing;

namespace CertAuth.Ratios;

/// <summary>What does it cost to believe a proxy, and to vouch as one?</summary>
internal sealed class CertInfoQuestion : IDisposable
{
    private const double Verify = 1.08;
    private const double Issue = 1.03;

    private readonly RsaVerification _unit = new();
    private readonly CertInfoMaterial _rsa = new(TestKeyType.Rsa2048);
    private readonly CertInfoMaterial _p256 = new(TestKeyType.P256);

    internal CertInfoQuestion() => Tables =
    [
        [new("RSA.VerifyHash", _unit.Verify, true), .. VerifyCases("RSA-2048 PSS", _rsa)],
        VerifyCases("P-256", _p256),
        IssueCases("RSA-2048 PSS", _rsa),
        IssueCases("P-256", _p256),
    ];

    /// <summary>Verified with RSA beside one verification of the unit, all else beside the bare operation of its own key: a verification of P-256
    /// costs some three of the unit, and a signature of RSA some fourteen.</summary>
    internal IReadOnlyList<IReadOnlyList<Case>> Tables { get; }

    public void Dispose()
    {
        _p256.Dispose();
        _rsa.Dispose();
        _unit.Dispose();
    }

    // Refusing should cost no more than accepting.
    private static Case[] VerifyCases(string key, CertInfoMaterial token) =>
    [
        new($"bare verify, {key}", token.Bare.Verify, true),
        new($"hash and bare verify, {key}", token.Bare.HashAndVerify, true),
        new($"cert-info token, {key}", token.Verify, true, Verify),
        new($"cert-info token, {key}, names unseen", token.VerifyFirst, true, Verify),
        new($"bad signature, {key}", token.RefuseBadSignature, false, Verify),
        new($"wrong user, {key}", token.RefuseWrongUser, false, Verify),
        new($"naive .NET, {key}", token.Peers.VerifyNaively, true),
        new($"SignedCms, {key}", token.Peers.VerifySignedCms, true),
    ];

    private static Case[] IssueCases(string key, CertInfoMaterial token) =>
    [
        new($"bare sign, {key}", token.Bare.Sign, true),
        new($"hash and bare sign, {key}", token.Bare.HashAndSign, true),
        new($"cert-info token issued, {key}", token.Issue, true, Issue),
    ];
}
