namespace CertAuth.Testing;

/// <summary>The version of X.509 that a certificate says it has.</summary>
public enum TestCertificateVersion
{
    /// <summary>Version 3, with extensions.</summary>
    V3 = 0,

    /// <summary>Version 1, without extensions: what <c>openssl x509 -req</c> makes when it is given no extensions file.</summary>
    V1 = 1,
}
