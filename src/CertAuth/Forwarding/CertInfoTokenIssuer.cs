using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>Issues cert-info tokens, with which a proxy forwards the facts of a client connection to a server.</summary>
/// <remarks>Tokens are signed with the current key pair of the source. Safe for concurrent use.</remarks>
public sealed class CertInfoTokenIssuer
{
    private readonly ISource<SigningKeyPair> _keys;
    private readonly CertInfoTokenIssuerOptions _options;
    private volatile EncodedSignerChain? _signerChain;

    /// <summary>Initializes an issuer.</summary>
    /// <param name="keys">The source of the key pair, which is read for each token.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    public CertInfoTokenIssuer(ISource<SigningKeyPair> keys, CertInfoTokenIssuerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        options ??= new();
        options.ThrowIfInvalid();
        (_keys, _options) = (keys, options);
    }

    /// <summary>Issues a token for one login. If no token is issued, the proxy must reject the login.</summary>
    /// <remarks>This method rejects a client certificate if a certificate of its path has expired. It does not detect that a CA was removed
    /// or that a certificate was revoked since the handshake. For a later login on a connection, call <c>ServerTls.TryReverify</c>
    /// first.</remarks>
    /// <param name="client">The facts of the client connection; null for a connection without TLS.</param>
    /// <param name="user">The user name that the client sent.</param>
    /// <param name="challenge">The challenge that the server sent in its first handshake packet, 16 to 32 bytes (MySQL: 20).</param>
    /// <param name="token">The token, or null on failure.</param>
    /// <param name="rejection">The reason why no token was issued; null on success. Possible reasons: the challenge has the wrong length,
    /// the signing certificate is not valid now, the client certificate has expired, or the facts or the certificates of the signer do not
    /// fit into a token.</param>
    /// <returns>true if a token was issued; otherwise, false.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="user"/> is null.</exception>
    public bool TryIssue(
        TlsConnectionInfo? client,
        string user,
        ReadOnlySpan<byte> challenge,
        [NotNullWhen(true)] out CertInfoToken? token,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        ArgumentNullException.ThrowIfNull(user);
        token = null;
        if (!CertInfoToken.IsChallenge(challenge))
        {
            int length = challenge.Length;
            rejection = new(RejectionReason.ForwardingBadChallenge, "a challenge of 16 to 32 bytes", $"{length} bytes");
            return false;
        }

        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        SigningKeyPair pair = _keys.Current;
        if (!pair.IsValidAt(now))
        {
            rejection = RejectSigner(pair, now);
            return false;
        }

        byte[]? info = null;
        rejection = client?.ClientCertificate?.CheckExpiry(now)
            ?? CertInfoWriter.Write(client, user, challenge, now, _options.Lifetime, out info);
        if (rejection is null && !TrySign(pair, info!, out token))
            rejection = RejectSignerChain();
        return rejection is null;
    }

    private bool TrySign(SigningKeyPair pair, byte[] info, out CertInfoToken? token)
    {
        byte[] signed = ArrayPool<byte>.Shared.Rent(CertInfoTokenFormats.GetSignedBytes(_options.Format, info.Length));
        Span<byte> signature = stackalloc byte[KeyBounds.MaxSignatureBytes];
        int length = pair.Sign(signed.AsSpan(0, CertInfoTokenFormats.WriteSignedContent(_options.Format, info, signed)), signature);
        ArrayPool<byte>.Shared.Return(signed);

        EncodedSignerChain? chain = _options.Format == CertInfoTokenFormat.ProxyKey ? GetSignerChain(pair) : null;
        byte[] attribute = BuildSignatureAttribute(CertInfoTokenFormats.GetPrefix(_options.Format), signature[..length], chain);
        bool fits = (chain?.Count ?? 0) <= ForwardingBounds.MaxChainCertificates
            && attribute.Length <= CertInfoTokenFormats.GetMaxSignatureBytes(_options.Format);
        token = fits ? new(info, attribute) : null;
        return fits;
    }

    // A race here is benign: both threads compute the same value.
    private EncodedSignerChain GetSignerChain(SigningKeyPair pair)
    {
        EncodedSignerChain? chain = _signerChain;
        if (!ReferenceEquals(chain?.Pair, pair))
            _signerChain = chain = EncodedSignerChain.Create(pair);
        return chain!;
    }

    private static byte[] BuildSignatureAttribute(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> signature, EncodedSignerChain? chain)
    {
        int chainStart = prefix.Length + Base64Url.GetEncodedLength(signature.Length);
        byte[] attribute = new byte[chainStart + (chain?.Bytes.Length ?? 0)];
        prefix.CopyTo(attribute);
        Base64Url.EncodeToUtf8(signature, attribute.AsSpan(prefix.Length));
        chain?.Bytes.Span.CopyTo(attribute.AsSpan(chainStart));
        return attribute;
    }

    private static Rejection RejectSigner(SigningKeyPair pair, DateTimeOffset now) => new(
        RejectionReason.ForwardingSignerInvalid,
        $"a signing certificate that is valid at {now:u}",
        $"a certificate that is valid from {pair.Certificate.NotBefore:u} to {pair.Certificate.NotAfter:u}");

    private static Rejection RejectSignerChain() => new(
        RejectionReason.ForwardingFactsUnrepresentable,
        $"a signer chain of at most {ForwardingBounds.MaxChainCertificates} certificates, in a signature attribute of at most "
            + $"{ForwardingBounds.MaxSignatureBytesWithChain} bytes",
        "a longer signer chain");
}
