using CertAuth.Certificates;

namespace CertAuth;

/// <summary>Who logged in, and how that was proven.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class AuthenticatedIdentity
{
    /// <summary>An identity, for an authenticator of the host's own.</summary>
    /// <param name="userName">The account's user name.</param>
    /// <param name="method">How it was proven.</param>
    /// <param name="certificate">The certificate that proved it, or that the connection had beside the proof; null for none.</param>
    /// <exception cref="ArgumentException">The user name is empty, the method is none, or the proof is a certificate and there is none.</exception>
    public AuthenticatedIdentity(string userName, AuthenticationMethod method, VerifiedCertificate? certificate)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        if (method is not (AuthenticationMethod.Certificate or AuthenticationMethod.Host or AuthenticationMethod.Token))
            throw new ArgumentOutOfRangeException(nameof(method), method, "No such method.");
        if (method == AuthenticationMethod.Certificate && certificate is null)
            throw new ArgumentException("A certificate login has a certificate.", nameof(certificate));

        UserName = userName;
        Method = method;
        Certificate = certificate;
    }

    /// <summary>The account's user name.</summary>
    public string UserName { get; }

    /// <summary>How it was proven.</summary>
    public AuthenticationMethod Method { get; }

    /// <summary>The verified client certificate; null where there was none.</summary>
    public VerifiedCertificate? Certificate { get; }
}
