namespace CertAuth.Certificates;

/// <summary>The bounds of certificates. docs/bounds.md states what happens beyond each.</summary>
internal static class CertificateBounds
{
    /// <summary>The maximum size of a certificate, in bytes.</summary>
    // Room for thousands of alternative names.
    internal const int MaxBytes = 128 * 1024;

    /// <summary>The maximum number of extensions of a certificate.</summary>
    // Each is compared with those before. Real certificates have about ten.
    internal const int MaxExtensions = 128;

    /// <summary>The maximum length of a subject alternative name as text, in characters.</summary>
    // The text of every name of a certificate is shorter, even if all its characters are escaped.
    internal const int MaxSanTextLength = 4 + (2 * MaxBytes);

    /// <summary>The maximum length of the local part of an email address that is required, in bytes.</summary>
    // RFC 5321, 4.5.3.1.1.
    internal const int MaxEmailLocalPartLength = 64;

    /// <summary>The maximum total size, in bytes, of the leaf and the other certificates that the peer sent, up to which all of them are
    /// kept and the outcome is cached. Of a larger chain, only the certificates of the path are kept.</summary>
    // The memory that a peer can make its connection use.
    internal const int MaxSentBytes = 32 * 1024;
}
