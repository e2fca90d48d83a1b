using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Requirements;

/// <summary>SUBJECT_CONTAINS: the subject of the client certificate must have these RDNs in this order. Others may stand before, between
/// and after them.</summary>
/// <remarks>
/// <code>
/// Required      Subject              Met  Why
/// /OU=TiDB      /C=NL/OU=TiDB/CN=a   yes
/// /O=x/OU=TiDB  /O=x/OU=y/OU=TiDB    yes
/// /OU=TiDB/O=x  /O=x/OU=TiDB         no   the order is significant
/// /OU=TiDB      /OU=TiDB+L=x         no   whole RDNs are compared
/// </code>
/// The option does not identify the holder of a certificate.
/// </remarks>
public sealed class SubjectContainsOption : NameOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="name">The required RDNs; at least one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public SubjectContainsOption(DistinguishedName name)
        : base(RequirementPart.SubjectContains, name)
    {
    }

    internal static SubjectContainsOption? ParseOrNull(string value, out RequirementError error) =>
        ParseName(RequirementPart.SubjectContains, value, out error) is { } name ? new(name) : null;

    private protected override RejectionReason Mismatch => RejectionReason.SubjectPartMissing;

    private protected override RejectionReason Malformed => RejectionReason.SubjectMalformed;

    private protected override ReadOnlyMemory<byte> GetName(VerifiedCertificate certificate) => certificate.SubjectDer;

    private protected override bool Matches(ReadOnlySpan<byte> encodedName) => Name.IsContainedInDer(encodedName);

    private protected override string? ExplainDifference(DistinguishedName presented) => Name.ExplainMissing(presented);
}
