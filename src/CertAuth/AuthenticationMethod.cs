namespace CertAuth;

/// <summary>How an account proves who it is.</summary>
public enum AuthenticationMethod
{
    /// <summary>No method.</summary>
    None = 0,

    /// <summary>By its client certificate alone: verified, and met by the account's requirement.</summary>
    Certificate = 1,

    /// <summary>By a credential that the host checks, such as a password. The requirement is decided here, the credential there.</summary>
    Custom = 2,

    /// <summary>By a signed token (<c>tidb_auth_token</c>) for the account's user name, issuer and e-mail address.</summary>
    Token = 3,
}
