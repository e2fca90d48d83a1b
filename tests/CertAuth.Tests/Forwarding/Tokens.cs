using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Forwarding;

/// <summary>Tokens as a proxy issues them and a server verifies them, both at one time.</summary>
internal static class Tokens
{
    internal static CertInfoTokenIssuer Issuer(TestSigner? signer = null, CertInfoTokenFormat format = CertInfoTokenFormat.SharedKey, TimeProvider? clock = null) => new(
        Source.Fixed((signer ?? TestSigner.P256).Pair), new() { Format = format, TimeProvider = clock ?? new FixedClock(TestClock.Now) });

    internal static CertInfoTokenVerifier Verifier(TestSigner? signer = null, TimeProvider? clock = null) =>
        new(new() { SharedKey = (signer ?? TestSigner.P256).Ring, TimeProvider = clock ?? new FixedClock(TestClock.Now) });

    internal static ConnectionAttributes Issue(TlsConnectionInfo? client, TestSigner? signer = null, CertInfoTokenFormat format = CertInfoTokenFormat.SharedKey)
    {
        bool issued = Issuer(signer, format)
            .TryIssue(client, CertInfoRow.UserName, CertInfoRow.DefaultChallenge, out CertInfoToken? token, out Rejection? rejection);
        issued.Should().BeTrue($"{rejection}");
        return new(token!.ToAttributes());
    }

    /// <summary>None where the facts were refused a token because of their size or form.</summary>
    internal static ConnectionAttributes? TryIssue(TlsConnectionInfo? client, out Rejection? rejection) =>
        Issuer().TryIssue(client, CertInfoRow.UserName, CertInfoRow.DefaultChallenge, out CertInfoToken? token, out rejection)
            ? new(token.ToAttributes())
            : null;

    internal static async Task<CertInfoResult> VerifyAsync(ConnectionAttributes attributes, CertInfoTokenVerifier? verifier = null) =>
        await (verifier ?? Verifier()).VerifyAsync(
            attributes, CertInfoRow.UserName, CertInfoRow.DefaultChallenge, TestContext.Current.CancellationToken);

    /// <summary>The facts as the server sees them that a proxy forwards them to.</summary>
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
