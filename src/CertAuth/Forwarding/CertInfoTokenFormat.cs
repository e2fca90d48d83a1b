namespace CertAuth.Forwarding;

/// <summary>The formats of cert-info tokens, which differ in the key that signs.</summary>
public enum CertInfoTokenFormat
{
    /// <summary>No format.</summary>
    None = 0,

    /// <summary><c>v1.</c>: all proxies sign with one shared key. The server has its certificate.</summary>
    SharedKey = 1,

    /// <summary><c>v1c.</c>: each proxy signs with its own key. Its certificates are sent with the signature.</summary>
    ProxyKey = 2,
}
