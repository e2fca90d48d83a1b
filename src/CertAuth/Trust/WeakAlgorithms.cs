namespace CertAuth.Trust;

/// <summary>Weak algorithms that a host may allow, knowing what it does. Each bit allows what it names and nothing else.</summary>
[Flags]
public enum WeakAlgorithms
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Signatures with MD5: forgeries are practical.</summary>
    Md5Signatures = 1,

    /// <summary>Signatures with SHA-1: forgeries are affordable.</summary>
    Sha1Signatures = 2,

    /// <summary>RSA keys from 1024 to 2047 bits.</summary>
    Rsa1024Keys = 4,
}
