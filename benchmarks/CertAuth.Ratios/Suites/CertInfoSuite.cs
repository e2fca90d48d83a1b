namespace CertAuth.Ratios.Suites;

/// <summary>The cost of verifying and issuing a cert-info token.</summary>
/// <remarks>Verification with RSA is relative to the unit. All other cases are relative to the bare operation of their own key, because a
/// P-256 verification costs about three units and an RSA signature about fourteen.</remarks>
internal static class CertInfoSuite
{
    private const double Verify = 1.08, Issue = 1.03;

    internal static Suite Create(Case unit)
    {
        Cases<CertInfoMaterial> rsa = new(() => new(TestKeyType.Rsa2048)), p256 = new(() => new(TestKeyType.P256));
        return new(
        [
            new("cert-info token, verify, RSA-2048 PSS", [unit, .. VerifyCases("RSA-2048 PSS", rsa)]),
            new("cert-info token, verify, P-256", VerifyCases("P-256", p256)),
            new("cert-info token, issue, RSA-2048 PSS", IssueCases("RSA-2048 PSS", rsa)),
            new("cert-info token, issue, P-256", IssueCases("P-256", p256)),
        ]);
    }

    // A rejection should cost no more than an acceptance.
    private static Case[] VerifyCases(string key, Cases<CertInfoMaterial> token) =>
    [
        token.Peer($"bare verify, {key}", m => m.Bare.Verify()),
        token.Peer($"hash and bare verify, {key}", m => m.Bare.HashAndVerify()),
        token.Of($"cert-info token, {key}", m => m.Verify(m.Token), true, Verify),
        token.Of($"cert-info token, {key}, names not seen before", m => m.Verify(m.NextToken()), true, Verify),
        token.Of($"cert-info token rejected: signature, {key}", m => m.Verify(m.BadlySigned), false, Verify),
        token.Of($"cert-info token rejected: user, {key}", m => m.VerifyForOther(m.Token), false, Verify),
        token.Peer($"naive .NET, {key}", m => m.Peers.VerifyNaively()),
        token.Peer($"SignedCms, {key}", m => m.Peers.VerifySignedCms()),
    ];

    private static Case[] IssueCases(string key, Cases<CertInfoMaterial> token) =>
    [
        token.Peer($"bare sign, {key}", m => m.Bare.Sign()),
        token.Peer($"hash and bare sign, {key}", m => m.Bare.HashAndSign()),
        token.Of($"cert-info token issued, {key}", m => m.Issue(), true, Issue),
    ];
}
