using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Signing;

namespace CertAuth.Forwarding;

/// <summary>Vouches, as a proxy, for a client's connection to the server that the proxy connects to.</summary>
/// <remarks>Always signed with the newest pair. Safe for concurrent use.</remarks>
public sealed class CertInfoTokenIssuer
{
    private readonly ISource<SigningKeyPair> _keys;
    private readonly CertInfoTokenIssuerOptions _options;
    private volatile SignerChainWriter? _signerChain;

    /// <summary>An issuer with these keys and options.</summary>
    /// <param name="keys">Where the pair comes from; read anew for each token.</param>
    /// <param name="options">How tokens are made; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names all of them.</exception>
    public CertInfoTokenIssuer(ISource<SigningKeyPair> keys, CertInfoTokenIssuerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        options ??= new();
        options.ThrowIfInvalid();
        (_keys, _options) = (keys, options);
    }

    /// <summary>Makes a token for one login. Where it can't, the proxy refuses the login. Never throws for what a peer sent.</summary>
    /// <remarks>For a client whose connection is older than this login, call <c>ServerTls.TryReverify</c> first: this method
    /// rejects a certificate whose path has expired, and knows of no CA that was removed since, nor of a new revocation list.</remarks>
    /// <param name="client">The facts of the client's connection; null for one without TLS.</param>
    /// <param name="user">The user who logs in, as the client sent the name.</param>
    /// <param name="challenge">The challenge that the server sent in its first handshake: 16 to 32 octets (MySQL: 20).</param>
    /// <param name="token">The token, or null.</param>
    /// <param name="rejection">Why not, or null: the client's facts don't fit into a token, its certificate has expired, or the signer's
    /// isn't valid now.</param>
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
            rejection = new(RejectionReason.ForwardingBadChallenge, "a challenge of 16 to 32 octets", $"{length}");
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
            rejection = new(RejectionReason.ForwardingFactsUnrepresentable, $"a path of at most {CertInfoToken.MaxChainCertificates} certificates that fits", "a longer one");
        return rejection is null;
    }

    private bool TrySign(SigningKeyPair pair, byte[] info, out CertInfoToken? token)
    {
        byte[] signed = ArrayPool<byte>.Shared.Rent(CertInfoTokenFormats.MaxSignedBytes(info.Length));
        Span<byte> signature = stackalloc byte[SignatureKey.MaxSignatureBytes];
        int length = pair.Sign(signed.AsSpan(0, CertInfoTokenFormats.WriteSignedContent(_options.Format, info, signed)), signature);
        ArrayPool<byte>.Shared.Return(signed);

        SignerChainWriter? path = _options.Format == CertInfoTokenFormat.ProxyKey ? GetSignerChain(pair) : null;
        byte[] attribute = BuildSignatureAttribute(CertInfoTokenFormats.GetPrefix(_options.Format), signature[..length], path);
        bool fits = path is null || (path.Count <= CertInfoToken.MaxChainCertificates && attribute.Length <= CertInfoToken.MaxSignatureBytesWithChain);
        token = fits ? new(info, attribute) : null;
        return fits;
    }

    // Two at once do no harm.
    private SignerChainWriter GetSignerChain(SigningKeyPair pair)
    {
        SignerChainWriter? path = _signerChain;
        if (!ReferenceEquals(path?.Pair, pair))
            _signerChain = path = SignerChainWriter.Create(pair);
        return path!;
    }

    private static byte[] BuildSignatureAttribute(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> signature, SignerChainWriter? chain)
    {
        int certificates = prefix.Length + Base64Url.GetEncodedLength(signature.Length);
        byte[] attribute = new byte[certificates + (chain?.Bytes.Length ?? 0)];
        prefix.CopyTo(attribute);
        Base64Url.EncodeToUtf8(signature, attribute.AsSpan(prefix.Length));
        chain?.Bytes.Span.CopyTo(attribute.AsSpan(certificates));
        return attribute;
    }

    private static Rejection RejectSigner(SigningKeyPair pair, DateTimeOffset now) => new(
        RejectionReason.ForwardingSignerInvalid,
        $"a signing certificate that is valid at {now:u}",
        $"one from {pair.Certificate.NotBefore:u} until {pair.Certificate.NotAfter:u}");
}
