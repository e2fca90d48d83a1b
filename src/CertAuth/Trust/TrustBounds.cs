using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>The bounds of bundles, paths and revocation lists. docs/bounds.md states what happens beyond each.</summary>
internal static class TrustBounds
{
    /// <summary>The maximum size of a bundle, in bytes.</summary>
    // All public CAs together need 0.25 MiB.
    internal const int MaxBundleBytes = 16 * 1024 * 1024;

    /// <summary>The maximum number of certificates in a bundle.</summary>
    // All public CAs together are about 150.
    internal const int MaxBundleCertificates = 10_000;

    /// <summary>The maximum number of certificates that a peer may send, the leaf included.</summary>
    // The longest path has 12.
    internal const int MaxPeerCertificates = 64;

    /// <summary>The maximum number of intermediates in a path, self-issued ones included.</summary>
    // Real paths have at most three; cross-signed CAs make them longer.
    internal const int MaxIntermediates = 10;

    /// <summary>The maximum number of steps from a certificate to an intermediate that issued it.</summary>
    // Only cross-signed CAs, which multiply the paths, could need more.
    internal const int MaxSteps = 1000;

    /// <summary>The maximum number of signature checks for one leaf.</summary>
    // CVE-2018-16875: without a bound, one chain costs seconds of CPU time. 100 is the bound of Go's crypto/x509 and of rustls-webpki. With
    // it, the issuer of a leaf without key identifiers is still found among 100 CAs with the same name.
    internal const int MaxSignatureChecks = 100;

    /// <summary>The maximum number of failed signature checks on intermediates that no trusted key signed. If this number is reached, the
    /// search ends before the first check of another intermediate.</summary>
    // Any client can send 63 intermediates. A path has at most 10, so forged intermediates cost no more checks than the longest accepted
    // path. Once an intermediate has been checked with one CA, all other CAs with the name of its issuer are tried as well.
    internal const int MaxFailedChecks = MaxIntermediates;

    /// <summary>The maximum number of comparisons of names with subtrees in one search.</summary>
    // As in Go's crypto/x509 and rustls-webpki.
    internal const int MaxNameComparisons = 250_000;

    /// <summary>The maximum number of subtrees in the name constraints of one CA.</summary>
    // Each is compared with each name of each certificate below the CA.
    internal const int MaxSubtrees = 1024;

    /// <summary>The maximum length, in bytes, of a name that is folded. A CA with a longer name cannot issue certificates.</summary>
    // Bounds the work that a peer without a CA can cause: two names in each of 64 certificates.
    internal const int MaxFoldedNameBytes = 2048;

    /// <summary>The maximum length, in bytes, of an encoded name that is formatted for a log.</summary>
    // Any client can send one as long as its certificate.
    internal const int MaxDescribedNameBytes = 2048;

    /// <summary>The maximum length of a serial number, in bytes.</summary>
    // RFC 5280, 4.1.2.2.
    internal const int MaxSerialBytes = 20;

    /// <summary>The maximum size of a file of revocation lists, in bytes.</summary>
    // A million entries, and more.
    internal const int MaxRevocationListFileBytes = 64 * 1024 * 1024;

    /// <summary>The maximum number of revocation lists in all files.</summary>
    // One for each of a thousand CAs.
    internal const int MaxRevocationLists = 1024;

    /// <summary>The maximum number of extensions of a revocation list.</summary>
    // RFC 5280, 5.2 defines seven.
    internal const int MaxRevocationListExtensions = 32;

    /// <summary>The maximum length, in bytes, of the number of a revocation list that is formatted.</summary>
    // RFC 5280, 5.2.3.
    internal const int MaxRevocationListNumberBytes = 20;

    /// <summary>The maximum number of revocation lists that a reload keeps.</summary>
    // As many as the files may contain.
    internal const int MaxKeptRevocationLists = MaxRevocationLists;

    /// <summary>The maximum total size, in bytes, of kept revocation lists without a known signer.</summary>
    // Anyone who can write the file can create such lists.
    internal const int MaxUnverifiedRevocationListBytes = MaxRevocationListFileBytes;

    /// <summary>The maximum number of signatures of revocation lists that one reload checks.</summary>
    // Forged lists must not delay a reload. It is four times the maximum number of lists.
    internal const int MaxRevocationListSignatureChecks = 4 * MaxRevocationLists;

    /// <summary>The maximum number of keys for which the result of the signature check of a revocation list is cached.</summary>
    // Only keys of CAs with the list's issuer name are checked, and few CAs have the same name.
    internal const int MaxRevocationListVerdicts = 32;

    /// <summary>The maximum number of cached acceptances.</summary>
    // Memory: a client with a certificate can add one for each certificate it has.
    internal const int MaxCachedAcceptances = 1024;

    /// <summary>The maximum number of cached rejections.</summary>
    // Memory: any client can add one with each handshake.
    internal const int MaxCachedRejections = 256;

    /// <summary>The maximum total size, in bytes, of a leaf and its intermediates whose verdict is cached.</summary>
    // The certificates of a cached verdict are kept in memory with it.
    internal const int MaxCachedChainBytes = CertificateBounds.MaxSentBytes;

    /// <summary>The maximum number of cached intermediates.</summary>
    // Memory: few CAs issue client certificates.
    internal const int MaxKnownIntermediates = 64;
}
