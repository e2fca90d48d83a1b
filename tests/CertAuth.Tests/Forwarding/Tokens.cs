using CertAuth.Forwarding;

namespace CertAuth.Tests.Forwarding;

/// <summary>Issues tokens as a proxy does and verifies them as a server does. Both clocks show the same time.</summary>
internal static class Tokens
{
    internal static CertInfoTokenIssuer Issuer(
        TestSigner? signer = null, CertInfoTokenFormat format = CertInfoTokenFormat.SharedKey, TimeProvider? clock = null) => new(
        Source.Fixed((signer ?? TestSigner.P256).Pair),
        new() { Format = format, TimeProvider = clock ?? new FixedClock(TestClock.Now) });

    internal static CertInfoTokenVerifier Verifier(TestSigner? signer = null, TimeProvider? clock = null) =>
        new(new() { SharedKey = (signer ?? TestSigner.P256).Ring, TimeProvider = clock ?? new FixedClock(TestClock.Now) });

    internal static ConnectionAttributes Issue(
        TlsConnectionInfo? client, TestSigner? signer = null, CertInfoTokenFormat format = CertInfoTokenFormat.SharedKey)
    {
        bool issued = Issuer(signer, format)
            .TryIssue(client, CertInfoRow.UserName, CertInfoRow.DefaultChallenge, out CertInfoToken? token, out Rejection? rejection);
        issued.Should().BeTrue($"{rejection}");
        return new(token!.ToAttributes());
    }

    /// <summary>Returns the attributes, or null if the facts do not fit into a token.</summary>
    internal static ConnectionAttributes? TryIssue(TlsConnectionInfo? client, out Rejection? rejection) =>
        Issuer().TryIssue(client, CertInfoRow.UserName, CertInfoRow.DefaultChallenge, out CertInfoToken? token, out rejection)
            ? new(token.ToAttributes())
            : null;

    internal static async Task<CertInfoResult> VerifyAsync(ConnectionAttributes attributes, CertInfoTokenVerifier? verifier = null) =>
        await (verifier ?? Verifier()).VerifyAsync(
            attributes, CertInfoRow.UserName, CertInfoRow.DefaultChallenge, TestContext.Current.CancellationToken);

    /// <summary>Returns the facts that a server reads from the token of a proxy.</summary>
    internal static async Task<TlsConnectionInfo?> ForwardAsync(TlsConnectionInfo? client)
    {
        CertInfoResult result = await VerifyAsync(Issue(client));
        result.Succeeded.Should().BeTrue($"{result.Rejection}");
        return result.Connection;
    }

    internal static ConnectionAttributes Attributes(byte[] info, string signature) => new(
        new ConnectionAttribute(System.Text.Encoding.ASCII.GetBytes(CertInfoToken.InfoAttributeName), info),
        new ConnectionAttribute(CertInfoToken.SignatureAttributeName, signature));
}
