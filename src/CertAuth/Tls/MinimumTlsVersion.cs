namespace CertAuth;

/// <summary>The oldest TLS version that is allowed. Versions before 1.2 cannot be chosen.</summary>
public enum MinimumTlsVersion
{
    /// <summary>TLS 1.2 and 1.3.</summary>
    Tls12 = 0,

    /// <summary>Only TLS 1.3.</summary>
    Tls13 = 1,
}
