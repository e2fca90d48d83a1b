using System.Collections.Immutable;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;

namespace CertAuth.Testing;

/// <summary>A proxy that forwards certificate info: its certificate and key, the attributes that it sends, and the ring with which a server
/// verifies them.</summary>
/// <remarks>There is nothing to dispose. Immutable; safe for concurrent use.</remarks>
public sealed class TestProxySigner
{
    private static readonly ImmutableArray<byte> s_challenge = [.. "0123456789abcdefghij"u8];

    private readonly TimeProvider _clock;
    private readonly SigningCertificate _signingCertificate;
    private readonly CertInfoTokenIssuer _issuer;

    /// <summary>Creates a proxy with the given certificate.</summary>
    /// <param name="certificate">The proxy's certificate, from any CA, currently valid.</param>
    /// <param name="options">The options of the tokens; null for the defaults. <see cref="Ring"/> uses the same clock.</param>
    /// <exception cref="ArgumentException">The certificate cannot sign, or an option is out of range.</exception>
    public TestProxySigner(TestCertificate certificate, CertInfoTokenIssuerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        options ??= new();
        _clock = options.TimeProvider;
        SigningOptions signing = new() { TimeProvider = _clock };
        byte[] pem = Encoding.ASCII.GetBytes(certificate.PemWithChain);
        byte[] keyPem = Encoding.ASCII.GetBytes(certificate.PrivateKeyPem);
        if (!SigningKeyPair.TryParse(pem, keyPem, signing, out SigningKeyPair? pair, out KeyPairError error)
            || !SigningCertificate.TryParse(pem, signing, out SigningCertificate? publicPart, out error))
        {
            throw new ArgumentException($"The certificate cannot sign: {error}", nameof(certificate));
        }

        (Certificate, KeyPair, _signingCertificate) = (certificate, pair, publicPart);
        _issuer = new(Source.Fixed(pair), options);
    }

    /// <summary>Gets a constant challenge of 20 bytes, for tests that do not depend on its value.</summary>
    public static ReadOnlyMemory<byte> AnyChallenge => s_challenge.AsMemory();

    /// <summary>Gets the proxy's certificate, with its key and the intermediates.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>Gets the certificate and its key as the library's key pair.</summary>
    public SigningKeyPair KeyPair { get; }

    /// <summary>Gets a new ring with only this certificate, with which a server verifies tokens of the shared key.</summary>
    public ISource<SigningCertificateRing> Ring =>
        Source.Fixed(SigningCertificateRing.Create(_signingCertificate, new() { TimeProvider = _clock }));

    /// <summary>Creates a proxy with a new P-256 key and a CA of its own.</summary>
    /// <param name="options">The options of the tokens; null for the defaults. The CA and <see cref="Ring"/> use the same clock.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TestProxySigner Create(CertInfoTokenIssuerOptions? options = null)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(
            TestName.Of(("CN", "test proxies")), new() { TimeProvider = options?.TimeProvider ?? TimeProvider.System });
        return new(ca.IssueClient(TestName.Of(("CN", "test proxy"))), options);
    }

    /// <summary>Returns the connection attributes that the proxy sends for one login.</summary>
    /// <param name="client">The facts of the client's connection; null if it has no TLS.</param>
    /// <param name="userName">The name of the user who logs in.</param>
    /// <param name="challenge">The server's challenge, 16 to 32 bytes.</param>
    /// <exception cref="InvalidOperationException">A proxy does not forward this login. The message says why.</exception>
    public ConnectionAttributes Issue(TlsConnectionInfo? client, string userName, ReadOnlySpan<byte> challenge) =>
        _issuer.TryIssue(client, userName, challenge, out CertInfoToken? token, out Rejection? rejection)
            ? new(token.ToAttributes())
            : throw new InvalidOperationException($"The proxy cannot issue a token: {rejection}");

    /// <summary>Returns the connection attributes with an invalid signature, which a verifier rejects.</summary>
    /// <exception cref="InvalidOperationException">A proxy does not forward this login. The message says why.</exception>
    public ConnectionAttributes IssueWithBadSignature(TlsConnectionInfo? client, string userName, ReadOnlySpan<byte> challenge)
    {
        if (!_issuer.TryIssue(client, userName, challenge, out CertInfoToken? token, out Rejection? rejection))
            throw new InvalidOperationException($"The proxy cannot issue a token: {rejection}");

        // Every bit of the first character after the prefix is significant.
        byte[] signature = token.Signature.ToArray();
        int first = signature.AsSpan().IndexOf((byte)'.') + 1;
        signature[first] = signature[first] == (byte)'A' ? (byte)'B' : (byte)'A';
        ImmutableArray<ConnectionAttribute> good = token.ToAttributes();
        return new(good[0], new ConnectionAttribute(good[1].Name, signature));
    }
}
