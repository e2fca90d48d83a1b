using System.Collections.Immutable;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;

namespace CertAuth.Testing;

/// <summary>A proxy that vouches for its clients: a certificate with its key, the attributes that it sends, and what a server verifies them
/// with.</summary>
/// <remarks>Nothing needs disposing. Immutable; safe for concurrent use.</remarks>
public sealed class TestProxySigner
{
    private static readonly ImmutableArray<byte> s_challenge = [.. "0123456789abcdefghij"u8];

    private readonly TimeProvider _clock;
    private readonly SigningCertificate _signingCertificate;
    private readonly CertInfoTokenIssuer _issuer;

    /// <summary>A proxy with a certificate.</summary>
    /// <param name="certificate">Its certificate, from any CA; valid now.</param>
    /// <param name="options">How it makes tokens; null for the defaults. Its clock is also that of <see cref="Ring"/>.</param>
    /// <exception cref="ArgumentException">Such a certificate can't sign, or an option is out of range.</exception>
    public TestProxySigner(TestCertificate certificate, CertInfoTokenIssuerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        options ??= new();
        _clock = options.TimeProvider;
        SigningOptions signing = new() { TimeProvider = _clock };
        byte[] pem = Encoding.ASCII.GetBytes(certificate.PemWithChain);
        if (!SigningKeyPair.TryParse(pem, Encoding.ASCII.GetBytes(certificate.PrivateKeyPem), signing, out SigningKeyPair? pair, out KeyPairError error)
            || !SigningCertificate.TryParse(pem, signing, out SigningCertificate? publicPart, out error))
        {
            throw new ArgumentException($"The certificate can't sign: {error}", nameof(certificate));
        }

        (Certificate, KeyPair, _signingCertificate) = (certificate, pair, publicPart);
        _issuer = new(Source.Fixed(pair), options);
    }

    /// <summary>A challenge of 20 octets, for tests to which it doesn't matter which one.</summary>
    public static ReadOnlyMemory<byte> AnyChallenge => s_challenge.AsMemory();

    /// <summary>The proxy's certificate, with its key and those above it.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>The certificate and its key, as the library signs with them.</summary>
    public SigningKeyPair KeyPair { get; }

    /// <summary>What a server verifies the shared key's tokens with: a new ring of this one certificate.</summary>
    public ISource<SigningCertificateRing> Ring => Source.Fixed(SigningCertificateRing.Create(_signingCertificate, new() { TimeProvider = _clock }));

    /// <summary>A new proxy with a new P-256 key and a CA of its own.</summary>
    /// <param name="options">How it makes tokens; null for the defaults. Its clock is also that of the CA and of <see cref="Ring"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TestProxySigner Create(CertInfoTokenIssuerOptions? options = null)
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(
            TestName.Of(("CN", "test proxies")), new() { TimeProvider = options?.TimeProvider ?? TimeProvider.System });
        return new(ca.IssueClient(TestName.Of(("CN", "test proxy"))), options);
    }

    /// <summary>The attributes that the proxy sends with one login.</summary>
    /// <param name="client">The facts of the client's connection; null for one without TLS.</param>
    /// <param name="userName">The user who logs in.</param>
    /// <param name="challenge">The server's challenge: 16 to 32 octets.</param>
    /// <exception cref="InvalidOperationException">A proxy would refuse this login; the message says why.</exception>
    public ConnectionAttributes Issue(TlsConnectionInfo? client, string userName, ReadOnlySpan<byte> challenge) =>
        _issuer.TryIssue(client, userName, challenge, out CertInfoToken? token, out Rejection? rejection)
            ? new(token.ToAttributes())
            : throw new InvalidOperationException($"No token can be made of this: {rejection}");

    /// <summary>The same with another signature than the key's, for a verifier to refuse.</summary>
    /// <exception cref="InvalidOperationException">A proxy would refuse this login; the message says why.</exception>
    public ConnectionAttributes IssueWithBadSignature(TlsConnectionInfo? client, string userName, ReadOnlySpan<byte> challenge)
    {
        if (!_issuer.TryIssue(client, userName, challenge, out CertInfoToken? token, out Rejection? rejection))
            throw new InvalidOperationException($"No token can be made of this: {rejection}");

        // The first character after the prefix: all of its bits count.
        byte[] signature = token.Signature.ToArray();
        int first = signature.AsSpan().IndexOf((byte)'.') + 1;
        signature[first] = signature[first] == (byte)'A' ? (byte)'B' : (byte)'A';
        ImmutableArray<ConnectionAttribute> good = token.ToAttributes();
        return new(good[0], new ConnectionAttribute(good[1].Name, signature));
    }
}
