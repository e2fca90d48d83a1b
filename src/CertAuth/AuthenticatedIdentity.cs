using CertAuth.Certificates;
using CertAuth.Tls;

namespace CertAuth;

/// <summary>Who logged in, and how that was proven.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticatedIdentity
{
    /// <summary>An identity, for an authenticator of the host's own.</summary>
    /// <param name="userName">The account's user name.</param>
    /// <param name="method">How it was proven.</param>
    /// <param name="connection">The facts of the client's connection, as the request has them; null for one without TLS.</param>
    /// <exception cref="ArgumentException">The user name is empty, the method is none, or the proof is a certificate and there is none.</exception>
    public AuthenticatedIdentity(string userName, AuthenticationMethod method, TlsConnectionInfo? connection)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        if (method is not (AuthenticationMethod.Certificate or AuthenticationMethod.Custom or AuthenticationMethod.Token))
            throw new ArgumentOutOfRangeException(nameof(method), method, "No such method.");
        if (method == AuthenticationMethod.Certificate && connection?.ClientCertificate is null)
            throw new ArgumentException("A certificate login has a certificate.", nameof(connection));

        UserName = userName;
        Method = method;
        Connection = connection;
    }

    /// <summary>The account's user name.</summary>
    public string UserName { get; }

    /// <summary>How it was proven.</summary>
    public AuthenticationMethod Method { get; }

    /// <summary>The facts of the client's connection, be they direct or forwarded by a proxy: what the status variables show
    /// (<see cref="TlsStatus"/>). Null for a client without TLS.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>The certificate that proved it, or that the connection had beside the proof; null where there was none.</summary>
    public VerifiedCertificate? Certificate => Connection?.ClientCertificate;
}
