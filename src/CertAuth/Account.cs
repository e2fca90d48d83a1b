using CertAuth.AuthTokens;
using CertAuth.Requirements;

namespace CertAuth;

/// <summary>The policy of one account. The host looks it up by exact user and host; nothing here is a pattern.</summary>
/// <remarks>Made once, when the account is loaded. Immutable; safe for concurrent use.</remarks>
public sealed class Account
{
    /// <summary>An account.</summary>
    /// <param name="userName">The user name, as the host knows it; not empty.</param>
    /// <param name="method">How the account proves who it is.</param>
    /// <param name="requirement">What it demands of the connection, and of the issuer of a token; <see cref="LoginRequirement.None"/> says explicitly
    /// that it demands nothing.</param>
    /// <param name="email">The e-mail address that a token must name; empty for an account without one. Default: empty.</param>
    /// <exception cref="ArgumentException">The user name is empty, it or the e-mail address holds a lone surrogate, the method is none, the account logs in by certificate and its requirement names
    /// neither SUBJECT nor SAN, with which any certificate of the CA would be that user, or it doesn't log in by token and its requirement names TOKEN_ISSUER, at which
    /// nobody would look. A broken requirement is taken: it denies every login.</exception>
    public Account(string userName, AuthenticationMethod method, LoginRequirement requirement, string email = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentNullException.ThrowIfNull(requirement);
        ArgumentNullException.ThrowIfNull(email);
        if (method is not (AuthenticationMethod.Certificate or AuthenticationMethod.Custom or AuthenticationMethod.Token))
            throw new ArgumentOutOfRangeException(nameof(method), method, "No such method.");

        bool namesWho = requirement.Subject is not null || requirement.San is not null || requirement.Kind == RequirementKind.Malformed;
        if (method == AuthenticationMethod.Certificate && !namesWho)
        {
            throw new ArgumentException(
                "An account that logs in by certificate must name SUBJECT or SAN; with less, any certificate of the CA would be that user.",
                nameof(requirement));
        }

        if (method != AuthenticationMethod.Token && requirement.TokenIssuer is not null)
            throw new ArgumentException("Only an account that logs in by token has a TOKEN_ISSUER: nobody else would check it.", nameof(requirement));

        UserName = userName;
        Method = method;
        Requirement = requirement;
        ExpectedClaims = new(userName, email, requirement.TokenIssuer);
    }

    private Account(string userName)
    {
        UserName = userName;
        Requirement = LoginRequirement.None;
    }

    /// <summary>Stands for the account that there is none of: the login goes the same way as others do as far as it can, and is refused with
    /// <see cref="RejectionReason.AccountUnknown"/>; the client is told what everybody is told.</summary>
    /// <param name="userName">The user name as the client sent it, whatever it is.</param>
    public static Account Unknown(string userName)
    {
        ArgumentNullException.ThrowIfNull(userName);
        return new(userName);
    }

    /// <summary>The user name.</summary>
    public string UserName { get; }

    /// <summary>How the account proves who it is; none where there is no account.</summary>
    public AuthenticationMethod Method { get; }

    /// <summary>What the account demands of the connection, and of the issuer of a token.</summary>
    public LoginRequirement Requirement { get; }

    /// <summary>The e-mail address that a token must name; empty for an account without one.</summary>
    public string Email => ExpectedClaims?.Email ?? "";

    /// <summary>Why this account isn't decided by a method; null where it is its own.</summary>
    internal Rejection? CheckMethod(AuthenticationMethod method) =>
        Method == method ? null : RejectMethod($"an account that logs in by {method.GetDisplayName()}");

    /// <summary>Refuses the account's method, or that there is no account.</summary>
    internal Rejection RejectMethod(string required) => Method == AuthenticationMethod.None
        ? new(RejectionReason.AccountUnknown, "an account of that name", LogText.Escape(UserName))
        : new(RejectionReason.AccountMethodMismatch, required, $"one that logs in by {Method.GetDisplayName()}");

    /// <summary>What the account expects of a token; null where there is no account.</summary>
    internal ExpectedClaims? ExpectedClaims { get; }
}
