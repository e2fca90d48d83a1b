using CertAuth.Certificates;

namespace CertAuth.Tool.Planning;

/// <summary>A verified certificate, or the reason why it is not verified.</summary>
/// <param name="Verified">The verified certificate, or null.</param>
/// <param name="Rejection">The reason, or null.</param>
internal sealed record PathVerdict(VerifiedCertificate? Verified, Rejection? Rejection);
