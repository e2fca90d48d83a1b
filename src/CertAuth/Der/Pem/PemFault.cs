namespace CertAuth.Der;

/// <summary>A PEM block that cannot be read.</summary>
internal sealed record PemFault(PemFaultKind Kind, PemLocation Location);

/// <summary>The reasons why a PEM block cannot be read.</summary>
internal enum PemFaultKind
{
    None = 0,

    /// <summary>The BEGIN line, the END line or the base64 between them is malformed.</summary>
    Malformed = 1,

    /// <summary>The block is a private key in the traditional encrypted form.</summary>
    EncryptedKey = 2,
}
