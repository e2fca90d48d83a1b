namespace CertAuth.AuthTokens;

/// <summary>The claims that a token must have to log in to an account.</summary>
/// <remarks>Create them once, when the account is loaded. All comparisons are ordinal and case-sensitive. Immutable; safe for concurrent
/// use.</remarks>
public sealed class ExpectedClaims
{
    /// <summary>Initializes the expected claims.</summary>
    /// <param name="subject">The user name, which <c>sub</c> must equal; not empty.</param>
    /// <param name="email">The email address of the account, which <c>email</c> must equal. If the account has none, an empty string: the
    /// token must then have an empty <c>email</c>. Default: empty.</param>
    /// <param name="issuer">The issuer, which <c>iss</c> must equal; null to accept any issuer, or none. Default: null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> or <paramref name="email"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="subject"/> or <paramref name="issuer"/> is empty, or a text contains an unpaired
    /// surrogate.</exception>
    public ExpectedClaims(string subject, string email = "", string? issuer = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(email);
        if (issuer?.Length == 0)
            throw new ArgumentException("The issuer must not be empty. Pass null to accept any issuer.", nameof(issuer));

        Subject = subject;
        Email = email;
        Issuer = issuer;
        SubjectUtf8 = StrictUtf8.GetBytes(subject);
        EmailUtf8 = StrictUtf8.GetBytes(email);
        IssuerUtf8 = issuer is null ? null : StrictUtf8.GetBytes(issuer);
    }

    /// <summary>Gets the text that <c>sub</c> must equal.</summary>
    public string Subject { get; }

    /// <summary>Gets the text that <c>email</c> must equal; empty if the account has no email address. A token without <c>email</c> is
    /// rejected in either case.</summary>
    public string Email { get; }

    /// <summary>Gets the text that <c>iss</c> must equal; null to accept any issuer, or none.</summary>
    public string? Issuer { get; }

    internal byte[] SubjectUtf8 { get; }

    internal byte[] EmailUtf8 { get; }

    internal byte[]? IssuerUtf8 { get; }
}
