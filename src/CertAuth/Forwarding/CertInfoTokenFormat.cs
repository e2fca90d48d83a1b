namespace CertAuth.Forwarding;

/// <summary>Whose key signs a token.</summary>
public enum CertInfoTokenFormat
{
    /// <summary>No form.</summary>
    None = 0,

    /// <summary><c>v1.</c>: one signing certificate for all proxies, of which the server has the public half.</summary>
    SharedKey = 1,

    /// <summary><c>v1c.</c>: a key of its own for each proxy, whose certificates come with the signature.</summary>
    ProxyKey = 2,
}
