using CertAuth.Certificates;

namespace CertAuth.Requirements;

/// <summary>SAN: the client certificate must have these subject alternative names.</summary>
/// <remarks>Two options are equal if their requirements are equal.</remarks>
public sealed class SanOption : RequirementOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="requirement">The required names.</param>
    /// <exception cref="ArgumentNullException"><paramref name="requirement"/> is null.</exception>
    public SanOption(SanRequirement requirement)
        : base(RequirementPart.San)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        Requirement = requirement;
    }

    /// <summary>Gets the required names.</summary>
    public SanRequirement Requirement { get; }

    /// <inheritdoc/>
    public override string Value => Requirement.ToString();

    internal static SanOption? ParseOrNull(string value, out RequirementError error)
    {
        bool isParsed = SanRequirement.TryParse(value, out SanRequirement? requirement, out SanError found);
        error = isParsed ? default : new(RequirementErrorKind.BadSan, found.Index, RequirementPart.San) { San = found.Kind };
        return isParsed ? new(requirement!) : null;
    }

    internal override bool IdentifiesHolder => true;

    internal override bool IsMet(TlsConnectionInfo? connection) =>
        connection?.ClientCertificate is { } certificate && Requirement.IsMetBy(certificate);

    internal override RejectionReason GetReason(TlsConnectionInfo? connection) =>
        connection?.ClientCertificate?.SanState is SanState.Malformed or SanState.Repeated
            ? RejectionReason.SanMalformed
            : RejectionReason.SanMismatch;

    internal override RejectionDetails Describe(TlsConnectionInfo? connection)
    {
        VerifiedCertificate? certificate = connection?.ClientCertificate;
        string? presented = certificate?.SanState switch
        {
            SanState.Present => string.Join(',', certificate.GetSubjectAlternativeNames()),
            SanState.Malformed => "a malformed extension",
            SanState.Repeated => "the extension more than once",
            _ => null,
        };
        bool isEmailLost = certificate is { Certificate: null } && Requirement.Items.Any(item => item.Kind == SanKind.Email);
        return new(Value, presented, isEmailLost ? "version 1 of the cert-info token does not contain email addresses" : null);
    }

    // MariaDB does not know the member: it accepts every connection with TLS for a record that has only SAN.
    internal override string? ToStored(StoredRequirementFormat format, out string? obstacle)
    {
        obstacle = format == StoredRequirementFormat.MariaDb ? "MariaDB does not enforce it"
            : Requirement.Items.Any(item => item.Kind == SanKind.Email) ? "TiDB does not know email addresses"
            : Requirement.Items.Any(item => item.Value.AsSpan().ContainsAny(',', '\\')) ? "TiDB has no escapes for a comma or a backslash"
            : null;
        return obstacle is null ? Value : null;
    }

    private protected override bool EqualsValue(RequirementOption other) => Requirement.Equals(((SanOption)other).Requirement);

    private protected override int GetValueHashCode() => Requirement.GetHashCode();
}
