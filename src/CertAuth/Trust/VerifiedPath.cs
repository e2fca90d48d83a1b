using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>A path that was found good.</summary>
/// <param name="Anchor">The certificate of the bundle at which it ends.</param>
/// <param name="Intermediates">The certificates between, the leaf's issuer first.</param>
/// <param name="Window">The time for which it is good, revocation lists included.</param>
internal sealed record VerifiedPath(ParsedCertificate Anchor, IReadOnlyList<PathCertificate> Intermediates, ValidityWindow Window);
