using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Certificates;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>Makes the options with which a proxy's <see cref="SslStream"/> connects to its server: the server's certificate is verified on the same paths as
/// clients' are, so that CAs of one name can be rotated, and must name the server.</summary>
/// <remarks>What <see cref="ClientCertificateTls"/> says of .NET's own chain holds here, too. Sessions are not resumed; the server can't renegotiate. Safe for
/// concurrent use; nothing to dispose. Tested on Linux with OpenSSL 3.</remarks>
public sealed class UpstreamTls
{
    private readonly UpstreamTlsOptions _options;
    private readonly ConditionalWeakTable<SslStream, Refusal> _refusals = [];

    /// <summary>A client side with these options.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of range; the message names all of them.</exception>
    public UpstreamTls(UpstreamTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
    }

    /// <summary>Options for one handshake, fresh at each call. A host may set <see cref="SslClientAuthenticationOptions.ApplicationProtocols"/>;
    /// whatever else it changes is its own responsibility.</summary>
    /// <param name="server">What the server's certificate must name; a DNS name is sent as SNI (RFC 6066, 3).</param>
    public SslClientAuthenticationOptions CreateClientOptions(ServerName server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new()
        {
            TargetHost = server.Text,
            ClientCertificateContext = _options.Certificate?.Current.Context,
            EnabledSslProtocols = HandshakeChoices.VersionsFrom(_options.MinimumVersion),
            CipherSuitesPolicy = HandshakeChoices.PolicyFor(_options.CipherSuites),
            RemoteCertificateValidationCallback = (sender, leaf, chain, _) => Validate((SslStream)sender, leaf, chain, server),
            CertificateChainPolicy = IdleChainPolicy.Create(),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,

            // A resumed session must not outlive a CA that was removed.
            AllowTlsResume = false,
        };
    }

    /// <summary>Why the server's certificate was refused; null where it wasn't.</summary>
    public Refusal? GetRefusal(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return _refusals.TryGetValue(stream, out Refusal? refusal) ? refusal : null;
    }

    private bool Validate(SslStream stream, X509Certificate? leaf, X509Chain? chain, ServerName server)
    {
        Refusal? refusal = leaf is null ? new(FailureReason.CertificateMissing, "a server certificate") : Verify(leaf, chain, server);
        if (refusal is not null)
            _refusals.AddOrUpdate(stream, refusal);
        return refusal is null;
    }

    private Refusal? Verify(X509Certificate leaf, X509Chain? chain, ServerName server)
    {
        ReadOnlyMemory<byte>[] intermediates = chain is null ? [] : PeerCertificates.TakeFrom(chain);
        TrustBundle bundle = _options.ServerTrust.Current.For(CertificatePurpose.ServerAuthentication);
        if (!bundle.TryVerify(leaf.GetRawCertData(), intermediates, out VerifiedCertificate? verified, out Refusal? refusal))
            return refusal;
        return server.IsNamedBy(verified)
            ? null
            : RefuseName(server, verified);
    }

    private static Refusal RefuseName(ServerName server, VerifiedCertificate verified) =>
        new(FailureReason.ServerNameMismatch, () => new($"a certificate that names {server}", Describe(verified)));

    private static string Describe(VerifiedCertificate verified) => verified.SanState == SanState.Present
        ? $"{verified} with {string.Join(", ", verified.GetSubjectAlternativeNames())}"
        : $"{verified} without subject alternative names";
}
