using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Requirements;

/// <summary>ISSUER: the issuer field of the client certificate must be this name.</summary>
public sealed class IssuerOption : NameOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="name">The required name; not empty.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public IssuerOption(DistinguishedName name)
        : base(RequirementPart.Issuer, name)
    {
    }

    internal static IssuerOption? ParseOrNull(string value, out RequirementError error) =>
        ParseName(RequirementPart.Issuer, value, out error) is { } name ? new(name) : null;

    private protected override RejectionReason Mismatch => RejectionReason.IssuerMismatch;

    private protected override RejectionReason Malformed => RejectionReason.IssuerMalformed;

    private protected override ReadOnlyMemory<byte> GetName(VerifiedCertificate certificate) => certificate.IssuerDer;
}
