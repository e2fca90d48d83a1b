namespace CertAuth.Trust;

/// <summary>Specifies weak algorithms that an application allows at its own risk. Each flag allows only the algorithm that it
/// names.</summary>
[Flags]
public enum WeakAlgorithms
{
    /// <summary>No weak algorithm is allowed.</summary>
    None = 0,

    /// <summary>Signatures with MD5, for which forgeries are practical.</summary>
    Md5Signatures = 1,

    /// <summary>Signatures with SHA-1, for which forgeries are affordable.</summary>
    Sha1Signatures = 2,

    /// <summary>RSA keys of 1024 to 2047 bits.</summary>
    Rsa1024Keys = 4,
}
