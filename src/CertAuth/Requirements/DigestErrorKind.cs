namespace CertAuth.Requirements;

/// <summary>The kinds of errors in SHA-256 digests.</summary>
public enum DigestErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The digest has the length of SHA-1 or MD5.</summary>
    NotSha256 = 1,

    /// <summary>The digest has neither 64 hexadecimal digits nor 43 base64 characters.</summary>
    BadLength = 2,

    /// <summary>A character is not one of the encoding, or belongs to the other base64 alphabet than an earlier one.</summary>
    BadCharacter = 3,

    /// <summary>The unused bits of the last base64 character are not zero (RFC 4648, 3.5).</summary>
    SpareBits = 4,

    /// <summary>A digest is repeated.</summary>
    RepeatedDigest = 5,

    /// <summary>There are more than 16 digests.</summary>
    TooManyDigests = 6,
}
