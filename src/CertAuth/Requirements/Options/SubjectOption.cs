using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Requirements;

/// <summary>SUBJECT: the subject field of the client certificate must be this name.</summary>
public sealed class SubjectOption : NameOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="name">The required name; not empty.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public SubjectOption(DistinguishedName name)
        : base(RequirementPart.Subject, name)
    {
    }

    internal static SubjectOption? ParseOrNull(string value, out RequirementError error) =>
        ParseName(RequirementPart.Subject, value, out error) is { } name ? new(name) : null;

    internal override bool IdentifiesHolder => true;

    private protected override RejectionReason Mismatch => RejectionReason.SubjectMismatch;

    private protected override RejectionReason Malformed => RejectionReason.SubjectMalformed;

    private protected override ReadOnlyMemory<byte> GetName(VerifiedCertificate certificate) => certificate.SubjectDer;
}
