using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Requirements;

/// <summary>An option whose value is a distinguished name.</summary>
/// <remarks>Two options are equal if they are of the same type and their names are equal.</remarks>
public abstract class NameOption : RequirementOption
{
    private protected NameOption(RequirementPart part, DistinguishedName name)
        : base(part)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Rdns.IsEmpty)
            throw new ArgumentException("The empty name cannot be required.", nameof(name));
        Name = name;
    }

    /// <summary>Gets the required name; not empty.</summary>
    public DistinguishedName Name { get; }

    /// <inheritdoc/>
    public override string Value => Name.ToString();

    /// <summary>Gets the reason of a well-formed name that does not match.</summary>
    private protected abstract RejectionReason Mismatch { get; }

    /// <summary>Gets the reason of a malformed name.</summary>
    private protected abstract RejectionReason Malformed { get; }

    internal override bool IsMet(TlsConnectionInfo? connection) =>
        connection?.ClientCertificate is { } certificate && Matches(GetName(certificate).Span);

    internal override RejectionReason GetReason(TlsConnectionInfo? connection) =>
        connection?.ClientCertificate is { } certificate && !DistinguishedName.IsWellFormedDer(GetName(certificate).Span)
            ? Malformed
            : Mismatch;

    internal override RejectionDetails Describe(TlsConnectionInfo? connection)
    {
        if (connection?.ClientCertificate is not { } certificate)
            return new(Value, null);

        // A name that exceeds a limit cannot be parsed, although it may be well-formed.
        return DistinguishedName.TryParseDer(GetName(certificate).Span, out DistinguishedName? presented, out NameError error)
            ? new(Value, presented.ToString(), ExplainDifference(presented))
            : new(Value, $"a name that cannot be read: {error}");
    }

    internal override string? ToStored(StoredRequirementFormat format, out string? obstacle) =>
        StoredName.Format(Name, format, out obstacle);

    /// <summary>Returns the name of the certificate that the option concerns, DER-encoded.</summary>
    private protected abstract ReadOnlyMemory<byte> GetName(VerifiedCertificate certificate);

    private protected virtual bool Matches(ReadOnlySpan<byte> encodedName) => Name.MatchesDer(encodedName);

    private protected virtual string? ExplainDifference(DistinguishedName presented) => Name.ExplainDifference(presented);

    private protected override bool EqualsValue(RequirementOption other) => Name.Equals(((NameOption)other).Name);

    private protected override int GetValueHashCode() => Name.GetHashCode();

    /// <summary>Parses a name; null and the error if it is malformed.</summary>
    private protected static DistinguishedName? ParseName(RequirementPart part, string value, out RequirementError error)
    {
        error = DistinguishedName.TryParse(value, out DistinguishedName? name, out NameError nameError)
            ? default
            : new(RequirementErrorKind.BadName, nameError.Index, part) { Name = nameError.Kind };
        return name;
    }
}
