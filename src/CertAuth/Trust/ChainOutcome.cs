using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>The verdict on the certificates that a peer sent, and the period for which it holds.</summary>
/// <param name="Verified">The verified certificate, or null if it is rejected.</param>
/// <param name="Rejection">The rejection, or null if the certificate is accepted.</param>
/// <param name="Validity">The period for which the verdict holds.</param>
/// <param name="IsCacheable">Whether the verdict may be cached: false for an acceptance if the peer sent more certificates than the path
/// and its root.</param>
internal sealed record ChainOutcome(VerifiedCertificate? Verified, Rejection? Rejection, ValidityPeriod Validity, bool IsCacheable);
