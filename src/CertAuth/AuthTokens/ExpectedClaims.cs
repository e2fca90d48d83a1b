using System.Text;

namespace CertAuth.AuthTokens;

/// <summary>What an account expects of the claims of a token. Made once, when the account is loaded.</summary>
/// <remarks>All are compared exactly: case counts. Immutable; safe for concurrent use.</remarks>
public sealed class ExpectedClaims
{
    /// <summary>The expectations of one account.</summary>
    /// <param name="subject">The user name that logs in, which <c>sub</c> must equal; not empty.</param>
    /// <param name="email">The account's e-mail address, which <c>email</c> must equal; empty where the account has none.</param>
    /// <param name="issuer">What <c>iss</c> must equal; null for any, or none.</param>
    /// <exception cref="ArgumentException">The subject or the issuer is empty, or a text holds a lone surrogate.</exception>
    public ExpectedClaims(string subject, string email = "", string? issuer = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(email);
        if (issuer?.Length == 0)
            throw new ArgumentException("The issuer must not be empty; null demands none.", nameof(issuer));

        Subject = subject;
        Email = email;
        Issuer = issuer;
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        SubjectUtf8 = strict.GetBytes(subject);
        EmailUtf8 = strict.GetBytes(email);
        IssuerUtf8 = issuer is null ? null : strict.GetBytes(issuer);
    }

    /// <summary>What <c>sub</c> must equal.</summary>
    public string Subject { get; }

    /// <summary>What <c>email</c> must equal; the empty text where the account has no address.</summary>
    public string Email { get; }

    /// <summary>What <c>iss</c> must equal; null for any, or none.</summary>
    public string? Issuer { get; }

    internal byte[] SubjectUtf8 { get; }

    internal byte[] EmailUtf8 { get; }

    internal byte[]? IssuerUtf8 { get; }
}
