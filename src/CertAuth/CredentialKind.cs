namespace CertAuth;

/// <summary>What a client is to be asked for before its login is decided.</summary>
public enum CredentialKind
{
    /// <summary>Nothing: the connection decides, or nothing that the client sends could.</summary>
    None = 0,

    /// <summary>Its token, in clear text (MySQL's <c>mysql_clear_password</c>).</summary>
    Token = 1,

    /// <summary>What the host checks, such as a password.</summary>
    Custom = 2,
}
