using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Tests.Docs;

/// <summary>The examples of docs/forwarding.md. <see cref="PageExampleTests"/> compares the regions with the page.</summary>
internal static class ForwardingExample
{
    /// <returns>The attributes for the server, or null and the rejection if the proxy rejects the login.</returns>
    internal static async Task<(ImmutableArray<ConnectionAttribute>? Attributes, Rejection? Rejection)> AnswerAsync(
        string signerFile, string keyFile, TlsConnectionInfo client, string user, byte[] challenge, ConnectionAttribute[] received)
    {
        #region proxy
        // Once, when the proxy starts:
        using Reloadable<SigningKeyPair> keys = await SigningKeyPair.OpenAsync(signerFile, keyFile);
        CertInfoTokenIssuer issuer = new(keys);

        // For each login, when the server has sent its challenge and the client its answer:
        if (!issuer.TryIssue(client, user, challenge, out CertInfoToken? token, out Rejection? rejection))
            return (null, rejection); // Log the rejection, and reject the login.

        // The attributes of the client, except those that only a proxy may send.
        ImmutableArray<ConnectionAttribute> attributes =
            [.. new ConnectionAttributes(received).WithoutProxyAttributes, .. token.ToAttributes()];
        #endregion
        return (attributes, null);
    }

    internal static async Task<AuthenticationResult> LogInAsync(
        string signerFile,
        Account? account,
        string user,
        TlsConnectionInfo proxyConnection,
        byte[] challenge,
        ConnectionAttribute[] received)
    {
        #region server
        // Once, when the server starts:
        using Reloadable<SigningCertificateRing> signers = await SigningCertificateRing.OpenAsync(signerFile);
        CertInfoTokenVerifier verifier = new(new() { SharedKey = signers });
        LoginAuthenticator logins = new(new() { RequireSecureTransport = true, CertInfoVerifier = verifier });

        // For each login on a connection that comes from a proxy:
        AuthenticationRequest request = new(account ?? Account.Unknown(user), proxyConnection)
        {
            IsFromProxy = true,    // known by the port, the address or the certificate of the proxy
            Challenge = challenge, // from the first handshake packet of this connection
            Attributes = new ConnectionAttributes(received),
        };
        AuthenticationResult result = await logins.AuthenticateAsync(request);
        ImmutableArray<ConnectionAttribute> stored = request.Attributes.WithoutCertInfo;
        #endregion
        Assert.DoesNotContain(stored, attribute => attribute.Name.Span.StartsWith("tiproxy-cert-"u8));
        return result;
    }

    internal static async Task<CertInfoTokenVerifier> OpenProxyKeysAsync(string proxyCaFile)
    {
        #region proxy-key
        Reloadable<TrustBundle> proxyCas = await TrustBundle.OpenAsync(proxyCaFile);
        CertInfoTokenVerifier verifier = new(new()
        {
            ProxySigners = new()
            {
                Trust = proxyCas,
                SubjectAlternativeNames = [SubjectAlternativeName.Parse("DNS:proxy-1.example")],
            },
        });
        #endregion
        proxyCas.Dispose();
        return verifier;
    }
}
