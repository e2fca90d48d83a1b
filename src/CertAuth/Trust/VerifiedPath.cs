using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>A path that was accepted.</summary>
/// <param name="Anchor">The certificate of the bundle at which it ends.</param>
/// <param name="Intermediates">The intermediates, from the issuer of the leaf upward.</param>
/// <param name="Validity">The period for which the path is valid, considering its certificates and revocation lists.</param>
internal sealed record VerifiedPath(ParsedCertificate Anchor, IReadOnlyList<PathCertificate> Intermediates, ValidityPeriod Validity);
