using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Tls;

namespace CertAuth;

/// <summary>The facts of one TLS connection. For a parameter of this type, null represents a connection without TLS.</summary>
/// <remarks>The facts are those at the time of the handshake. Before a later login on the same connection, verify the certificate again
/// with <c>ServerTls.TryReverify</c>. Immutable; safe for concurrent use.</remarks>
public sealed class TlsConnectionInfo
{
    /// <summary>Gets the negotiated version.</summary>
    /// <exception cref="ArgumentException">The value is not exactly one TLS version from 1.0 to 1.3.</exception>
    public required SslProtocols Protocol
    {
        get;
        init => field = TlsVersions.IsKnown(value)
            ? value
            : throw new ArgumentException(
                $"{nameof(Protocol)} must be one TLS version from 1.0 to 1.3, but is {(int)value}.", nameof(value));
    }

    /// <summary>Gets the negotiated cipher suite. A code point without a known name is allowed.</summary>
    public required TlsCipherSuite CipherSuite { get; init; }

    /// <summary>Gets the verified certificate of the client; null if none was presented, or if the presented one was rejected.</summary>
    /// <exception cref="ArgumentException"><see cref="ClientCertificateRejection"/> is set, too.</exception>
    public VerifiedCertificate? ClientCertificate
    {
        get;
        init
        {
            field = value;
            ThrowIfVerifiedAndRejected();
        }
    }

    /// <summary>Gets the reason why the presented certificate was rejected; null if none was presented, or if it was verified.</summary>
    /// <exception cref="ArgumentException"><see cref="ClientCertificate"/> is set, too.</exception>
    public Rejection? ClientCertificateRejection
    {
        get;
        init
        {
            field = value;
            ThrowIfVerifiedAndRejected();
        }
    }

    /// <summary>Gets a value that indicates whether the server requested a certificate from the client, whether or not it required one.
    /// Default: false.</summary>
    public bool ClientCertificateRequested { get; init; }

    /// <summary>Gets the cipher suites that the configuration of the server allows, for <c>Ssl_cipher_list</c>; empty if unknown. Default:
    /// empty.</summary>
    public ImmutableArray<TlsCipherSuite> AllowedCipherSuites { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the start of the validity period of the server's certificate; null if unknown.</summary>
    public DateTimeOffset? ServerCertificateNotBefore { get; init; }

    /// <summary>Gets the end of the validity period of the server's certificate; null if unknown.</summary>
    public DateTimeOffset? ServerCertificateNotAfter { get; init; }

    /// <summary>Gets a value that specifies who observed these facts. It is <see cref="FactsOrigin.Direct"/> for an instance that the
    /// application creates; only facts from a verified cert-info token have another value.</summary>
    public FactsOrigin Origin { get; internal init; } = FactsOrigin.Direct;

    /// <summary>Gets a value that indicates whether a proxy forwarded these facts. True also if it forwarded only the client
    /// certificate.</summary>
    internal bool IsForwarded => Origin != FactsOrigin.Direct || ClientCertificate is { Certificate: null };

    /// <summary>Returns the facts of the same connection with a certificate that was verified again.</summary>
    internal TlsConnectionInfo WithCertificate(VerifiedCertificate certificate) => new()
    {
        Protocol = Protocol,
        CipherSuite = CipherSuite,
        ClientCertificate = certificate,
        ClientCertificateRequested = ClientCertificateRequested,
        AllowedCipherSuites = AllowedCipherSuites,
        ServerCertificateNotBefore = ServerCertificateNotBefore,
        ServerCertificateNotAfter = ServerCertificateNotAfter,
        Origin = Origin,
    };

    private void ThrowIfVerifiedAndRejected()
    {
        if (ClientCertificate is not null && ClientCertificateRejection is not null)
        {
            throw new ArgumentException(
                $"{nameof(ClientCertificate)} and {nameof(ClientCertificateRejection)} must not both be set: "
                + "a certificate is either verified or rejected.");
        }
    }
}
