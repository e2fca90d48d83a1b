namespace CertAuth;

/// <summary>The credential that a server asks a client for before it decides the login.</summary>
public enum CredentialKind
{
    /// <summary>No credential: the connection decides, or the login will be rejected anyway.</summary>
    None = 0,

    /// <summary>A token, sent in clear text (<c>mysql_clear_password</c>).</summary>
    Token = 1,

    /// <summary>The credential that the custom authenticator checks, such as a password.</summary>
    Custom = 2,
}
