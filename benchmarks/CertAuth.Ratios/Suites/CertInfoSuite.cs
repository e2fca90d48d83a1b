namespace CertAuth.Ratios.Suites;

/// <summary>The cost of verifying and issuing a cert-info token.</summary>
/// <remarks>Verification with RSA is relative to the unit. All other cases are relative to the bare operation of their own key, because a
/// P-256 verification costs about three units and an RSA signature about fourteen.</remarks>
internal static class CertInfoSuite
{
    private const double Verify = 1.08;
    private const double Issue = 1.03;

    internal static Suite Create(Case unit)
    {
        Lazy<CertInfoMaterial> rsa = new(() => new(TestKeyType.Rsa2048)), p256 = new(() => new(TestKeyType.P256));
        return new(
        [
            new("cert-info token, verify, RSA-2048 PSS", [unit, .. VerifyCases("RSA-2048 PSS", rsa)]),
            new("cert-info token, verify, P-256", VerifyCases("P-256", p256)),
            new("cert-info token, issue, RSA-2048 PSS", IssueCases("RSA-2048 PSS", rsa)),
            new("cert-info token, issue, P-256", IssueCases("P-256", p256)),
        ]);
    }

    // A rejection should cost no more than an acceptance.
    private static Case[] VerifyCases(string key, Lazy<CertInfoMaterial> token) =>
    [
        Case.Peer($"bare verify, {key}", () => token.Value.Bare.Verify),
        Case.Peer($"hash and bare verify, {key}", () => token.Value.Bare.HashAndVerify),
        new($"cert-info token, {key}", () => token.Value.Verify, true, Verify),
        new($"cert-info token, {key}, names not seen before", () => token.Value.VerifyFirst, true, Verify),
        new($"cert-info token rejected: signature, {key}", () => token.Value.RejectBadSignature, false, Verify),
        new($"cert-info token rejected: user, {key}", () => token.Value.RejectWrongUser, false, Verify),
        Case.Peer($"naive .NET, {key}", () => token.Value.Peers.VerifyNaively),
        Case.Peer($"SignedCms, {key}", () => token.Value.Peers.VerifySignedCms),
    ];

    private static Case[] IssueCases(string key, Lazy<CertInfoMaterial> token) =>
    [
        Case.Peer($"bare sign, {key}", () => token.Value.Bare.Sign),
        Case.Peer($"hash and bare sign, {key}", () => token.Value.Bare.HashAndSign),
        new($"cert-info token issued, {key}", () => token.Value.Issue, true, Issue),
    ];
}
