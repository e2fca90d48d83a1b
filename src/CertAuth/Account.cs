using CertAuth.AuthTokens;
using CertAuth.Requirements;

namespace CertAuth;

/// <summary>The login policy of one account: the login method, and the requirement that a connection must meet.</summary>
/// <remarks>The application finds the account by its exact name; no part of an account is a pattern. Create an account once, when it is
/// loaded. Immutable; safe for concurrent use.</remarks>
public sealed class Account
{
    private Account(string userName, AuthenticationMethod method, LoginRequirement requirement, string email = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentNullException.ThrowIfNull(requirement);
        ArgumentNullException.ThrowIfNull(email);
        bool identifiesHolder = requirement.IdentifiesHolder || requirement.Kind == RequirementKind.Malformed;
        if (method == AuthenticationMethod.Certificate && !identifiesHolder)
        {
            throw new ArgumentException(
                "The requirement of an account that logs in by certificate must have SUBJECT, SAN, CERTIFICATE or PUBLIC_KEY in each "
                + $"alternative. {DescribeAnonymousPart(requirement)}, "
                + "so several certificates of a trusted CA could log in to the account.",
                nameof(requirement));
        }

        if (method != AuthenticationMethod.Token && requirement.TokenIssuer is not null)
            throw new ArgumentException("Only an account that logs in by token can require TOKEN_ISSUER.", nameof(requirement));

        UserName = userName;
        Method = method;
        Requirement = requirement;
        ExpectedClaims = new(userName, email, requirement.TokenIssuer);
    }

    // Says which part of the requirement does not identify the holder.
    private static string DescribeAnonymousPart(LoginRequirement requirement) => requirement.Alternatives.Length < 2
        ? "It has none of them"
        : $"Alternative {requirement.Alternatives.ToList().FindIndex(alternative => !alternative.IdentifiesHolder) + 1} has none of them";

    private Account(string userName)
    {
        UserName = userName;
        Requirement = LoginRequirement.None;
    }

    /// <summary>Creates an account that logs in by client certificate.</summary>
    /// <param name="userName">The user name.</param>
    /// <param name="requirement">The REQUIRE clause, with SUBJECT, SAN, CERTIFICATE or PUBLIC_KEY in each alternative.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is empty or not valid UTF-16, or an alternative of
    /// <paramref name="requirement"/> has none of SUBJECT, SAN, CERTIFICATE and PUBLIC_KEY, or it has TOKEN_ISSUER.</exception>
    /// <exception cref="FormatException"><paramref name="requirement"/> is not a valid clause. The message says why and where.</exception>
    public static Account WithCertificate(string userName, string requirement) =>
        WithCertificate(userName, LoginRequirement.Parse(requirement));

    /// <summary>Creates an account that logs in by client certificate.</summary>
    /// <param name="userName">The user name.</param>
    /// <param name="requirement">The requirement, with SUBJECT, SAN, CERTIFICATE or PUBLIC_KEY in each alternative. A malformed stored
    /// requirement is allowed: it rejects every login.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is empty or not valid UTF-16, or an alternative of
    /// <paramref name="requirement"/> has none of SUBJECT, SAN, CERTIFICATE and PUBLIC_KEY, or it has TOKEN_ISSUER.</exception>
    public static Account WithCertificate(string userName, LoginRequirement requirement) =>
        new(userName, AuthenticationMethod.Certificate, requirement);

    /// <summary>Creates an account that logs in by token (<c>tidb_auth_token</c>).</summary>
    /// <param name="userName">The user name, which the claim <c>sub</c> must equal.</param>
    /// <param name="requirement">The REQUIRE clause, such as <c>REQUIRE SSL TOKEN_ISSUER 'https://issuer.example'</c>.</param>
    /// <param name="email">The email address, which the claim <c>email</c> must equal; empty if the account has none. Default:
    /// empty.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is empty, or a text is not valid UTF-16.</exception>
    /// <exception cref="FormatException"><paramref name="requirement"/> is not a valid clause. The message says why and where.</exception>
    public static Account WithToken(string userName, string requirement, string email = "") =>
        WithToken(userName, LoginRequirement.Parse(requirement), email);

    /// <summary>Creates an account that logs in by token (<c>tidb_auth_token</c>).</summary>
    /// <param name="userName">The user name, which the claim <c>sub</c> must equal.</param>
    /// <param name="requirement">The requirement. A malformed stored requirement is allowed: it rejects every login.</param>
    /// <param name="email">The email address, which the claim <c>email</c> must equal; empty if the account has none. Default:
    /// empty.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is empty, or a text is not valid UTF-16.</exception>
    public static Account WithToken(string userName, LoginRequirement requirement, string email = "") =>
        new(userName, AuthenticationMethod.Token, requirement, email);

    /// <summary>Creates an account with a credential that a custom authenticator checks, such as a password.</summary>
    /// <param name="userName">The user name.</param>
    /// <param name="requirement">The REQUIRE clause, such as <c>REQUIRE SSL</c> or <c>NONE</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is empty or not valid UTF-16, or <paramref name="requirement"/> has
    /// TOKEN_ISSUER.</exception>
    /// <exception cref="FormatException"><paramref name="requirement"/> is not a valid clause. The message says why and where.</exception>
    public static Account Custom(string userName, string requirement) => Custom(userName, LoginRequirement.Parse(requirement));

    /// <summary>Creates an account with a credential that a custom authenticator checks, such as a password.</summary>
    /// <param name="userName">The user name.</param>
    /// <param name="requirement">The requirement. A malformed stored requirement is allowed: it rejects every login.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is empty or not valid UTF-16, or <paramref name="requirement"/> has
    /// TOKEN_ISSUER.</exception>
    public static Account Custom(string userName, LoginRequirement requirement) => new(userName, AuthenticationMethod.Custom, requirement);

    /// <summary>Creates a placeholder for an account that does not exist.</summary>
    /// <remarks>As far as possible, its login is decided in the same steps as that of an account that exists. If no earlier step rejects
    /// it, the reason is <see cref="RejectionReason.AccountUnknown"/>. The client receives the same error as for other reasons.</remarks>
    /// <param name="userName">The user name as the client sent it; any text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="userName"/> is null.</exception>
    public static Account Unknown(string userName)
    {
        ArgumentNullException.ThrowIfNull(userName);
        return new(userName);
    }

    /// <summary>Gets the exact user name; not empty unless the account is unknown.</summary>
    public string UserName { get; }

    /// <summary>Gets the login method; <see cref="AuthenticationMethod.None"/> for an unknown account.</summary>
    public AuthenticationMethod Method { get; }

    /// <summary>Gets the requirement on the connection, and on the issuer of a token.</summary>
    public LoginRequirement Requirement { get; }

    /// <summary>Gets the email address that the claim <c>email</c> must equal; empty if the account has none.</summary>
    public string Email => ExpectedClaims?.Email ?? "";

    /// <summary>Gets the claims that a token must have; null for an unknown account.</summary>
    internal ExpectedClaims? ExpectedClaims { get; }

    /// <summary>Returns null if the account uses the given login method; otherwise, the rejection.</summary>
    internal Rejection? CheckMethod(AuthenticationMethod method) =>
        Method == method ? null : RejectMethod($"an account that logs in by {method.GetDisplayName()}");

    /// <summary>Returns the rejection of an account with another login method than the required one, or of an unknown account.</summary>
    internal Rejection RejectMethod(string required) => Method == AuthenticationMethod.None
        ? new(RejectionReason.AccountUnknown, "an existing account", LogText.Escape(UserName))
        : new(RejectionReason.AccountMethodMismatch, required, $"one that logs in by {Method.GetDisplayName()}");
}
