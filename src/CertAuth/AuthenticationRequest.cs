using CertAuth.Tls;

namespace CertAuth;

/// <summary>One attempt to log in.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticationRequest
{
    private readonly Account _account = null!;

    /// <summary>The account that the client names, as the host looked it up.</summary>
    /// <exception cref="ArgumentNullException">It is set to null.</exception>
    public required Account Account
    {
        get => _account;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _account = value;
        }
    }

    /// <summary>The facts of the connection; null for one without TLS.</summary>
    public TlsConnectionInfo? Connection { get; init; }

    /// <summary>What the client sent in place of a password: for a token login the token, in ASCII. It must stay unchanged until the
    /// decision is made. Default: empty.</summary>
    public ReadOnlyMemory<byte> Credential { get; init; }
}
