using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Tls;

namespace CertAuth;

/// <summary>The facts of one TLS connection. Where one is asked for, null means a connection without TLS.</summary>
/// <remarks>Read once, after the handshake: what a later login on the same connection is decided by is verified again by
/// <c>ServerTls.TryReverify</c>. Immutable; safe to share between threads.</remarks>
public sealed class TlsConnectionInfo
{
    /// <summary>The version negotiated.</summary>
    /// <exception cref="ArgumentException">Set to anything but one TLS version from 1.0 to 1.3.</exception>
    public required SslProtocols Protocol
    {
        get;
        init => field = TlsVersions.IsKnown(value)
            ? value
            : throw new ArgumentException($"{nameof(Protocol)} must be one TLS version from 1.0 to 1.3, but is {value}.", nameof(value));
    }

    /// <summary>The suite negotiated; a code point without a known name is allowed.</summary>
    public required TlsCipherSuite CipherSuite { get; init; }

    /// <summary>The client's certificate, verified; null when none was presented or the one presented was refused.</summary>
    /// <exception cref="ArgumentException">Set together with <see cref="ClientCertificateRejection"/>.</exception>
    public VerifiedCertificate? ClientCertificate
    {
        get;
        init
        {
            field = value;
            ThrowIfVerifiedAndRejected();
        }
    }

    /// <summary>Why the certificate that the client presented isn't verified; null when none was presented or it was verified.</summary>
    /// <exception cref="ArgumentException">Set together with <see cref="ClientCertificate"/>.</exception>
    public Rejection? ClientCertificateRejection
    {
        get;
        init
        {
            field = value;
            ThrowIfVerifiedAndRejected();
        }
    }

    /// <summary>Whether the server asked the client for a certificate, required or not. Default: false.</summary>
    public bool ClientCertificateRequested { get; init; }

    /// <summary>The suites that the server's configuration allows, for <c>Ssl_cipher_list</c>. Default: empty, for not known.</summary>
    public ImmutableArray<TlsCipherSuite> AllowedCipherSuites { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>From when the server's own certificate is valid; null when not known.</summary>
    public DateTimeOffset? ServerCertificateNotBefore { get; init; }

    /// <summary>Until when the server's own certificate is valid; null when not known.</summary>
    public DateTimeOffset? ServerCertificateNotAfter { get; init; }

    /// <summary>Who saw these facts. What a host makes is <see cref="FactsOrigin.Direct"/>; a verified token alone gives another.</summary>
    public FactsOrigin Origin { get; internal init; } = FactsOrigin.Direct;

    /// <summary>Whether these facts, or the certificate among them, are a proxy's word and not what this process saw.</summary>
    internal bool IsForwarded => Origin != FactsOrigin.Direct || ClientCertificate is { Certificate: null };

    /// <summary>The same connection, whose certificate was verified again.</summary>
    internal TlsConnectionInfo With(VerifiedCertificate certificate) => new()
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
            throw new ArgumentException(
                $"Set {nameof(ClientCertificate)} or {nameof(ClientCertificateRejection)}: a certificate is either verified or refused.");
    }
}
