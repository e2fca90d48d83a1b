namespace CertAuth;

/// <summary>The login method of an account.</summary>
public enum AuthenticationMethod
{
    /// <summary>No login method: the account is unknown.</summary>
    None = 0,

    /// <summary>By a verified client certificate that meets the requirement of the account.</summary>
    Certificate = 1,

    /// <summary>By a credential that a custom authenticator checks, such as a password.</summary>
    Custom = 2,

    /// <summary>By a signed token (<c>tidb_auth_token</c>) for the user name, issuer and email address of the account.</summary>
    Token = 3,
}
