using CertAuth.Certificates;
using CertAuth.Tls;

namespace CertAuth;

/// <summary>The identity of a client that logged in, and the login method that proved it.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticatedIdentity
{
    /// <summary>Initializes an identity, for a custom authenticator.</summary>
    /// <param name="userName">The user name of the account.</param>
    /// <param name="method">The login method.</param>
    /// <param name="connection">The facts of the client's connection, as in the request; null for a connection without TLS.</param>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is null or empty, or <paramref name="method"/> is
    /// <see cref="AuthenticationMethod.Certificate"/> and the connection has no verified client certificate.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is not a login method.</exception>
    public AuthenticatedIdentity(string userName, AuthenticationMethod method, TlsConnectionInfo? connection)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        if (method is not (AuthenticationMethod.Certificate or AuthenticationMethod.Custom or AuthenticationMethod.Token))
            throw new ArgumentOutOfRangeException(nameof(method), (int)method, "The value must be a defined login method other than 0.");
        if (method == AuthenticationMethod.Certificate && connection?.ClientCertificate is null)
            throw new ArgumentException("A login by certificate requires a verified client certificate.", nameof(connection));

        UserName = userName;
        Method = method;
        Connection = connection;
    }

    /// <summary>Gets the user name of the account.</summary>
    public string UserName { get; }

    /// <summary>Gets the login method that proved the identity.</summary>
    public AuthenticationMethod Method { get; }

    /// <summary>Gets the facts of the client's connection, direct or forwarded by a proxy; null for a client without TLS.
    /// <see cref="TlsStatus"/> converts them to status variables.</summary>
    public TlsConnectionInfo? Connection { get; }

    /// <summary>Gets the verified client certificate of the connection, whether or not it proved the identity; null if there is
    /// none.</summary>
    public VerifiedCertificate? Certificate => Connection?.ClientCertificate;
}
