namespace CertAuth.Keys;

/// <summary>The bounds of keys and of their files. docs/bounds.md states what happens beyond each.</summary>
internal static class KeyBounds
{
    /// <summary>The minimum size of an RSA modulus, in bits.</summary>
    // SP 800-131A: smaller keys are disallowed.
    internal const int MinRsaBits = 2048;

    /// <summary>The minimum size of an RSA modulus, in bits, if <c>WeakAlgorithms.Rsa1024Keys</c> is allowed.</summary>
    // What the option names. Smaller keys can be factored.
    internal const int MinWeakRsaBits = 1024;

    /// <summary>The maximum size, in bits, of an RSA modulus with which a signature is verified.</summary>
    // The time of a verification grows with the square of this number.
    internal const int MaxRsaBits = 8192;

    /// <summary>The maximum length of a signature, in bytes.</summary>
    // That of the longest RSA key.
    internal const int MaxSignatureBytes = MaxRsaBits / 8;

    /// <summary>The minimum public exponent of an RSA key of a JWK set.</summary>
    // SP 800-56B Rev. 2, 6.2: the exponent is greater than 2^16.
    internal const int MinJwkExponent = 65537;

    /// <summary>The maximum size of a file of certificates or of a private key, in bytes.</summary>
    // A chain needs kilobytes.
    internal const int MaxFileBytes = 1024 * 1024;

    /// <summary>The maximum number of certificates in a file with a leaf.</summary>
    // A leaf and ten intermediates.
    internal const int MaxFileCertificates = 11;
}
