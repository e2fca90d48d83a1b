namespace CertAuth.Testing;

/// <summary>The X.509 version of a certificate.</summary>
public enum TestCertificateVersion
{
    /// <summary>Version 3, with extensions.</summary>
    V3 = 0,

    /// <summary>Version 1, without extensions, as <c>openssl x509 -req</c> makes it without an extensions file.</summary>
    V1 = 1,
}
