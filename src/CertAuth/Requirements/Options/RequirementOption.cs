namespace CertAuth.Requirements;

/// <summary>One option of a REQUIRE clause, such as SUBJECT, with its value.</summary>
/// <remarks>Only the library defines options. Two options are equal if they are of the same type and their values are equal, as each type
/// defines it. Immutable; safe for concurrent use.</remarks>
public abstract class RequirementOption : IEquatable<RequirementOption>
{
    private protected RequirementOption(RequirementPart part) => Part = part;

    /// <summary>Gets the part of a requirement that the option checks.</summary>
    public RequirementPart Part { get; }

    /// <summary>Gets the keyword of the option, in upper case.</summary>
    public string Keyword => RequirementPartNames.GetName(Part);

    /// <summary>Gets the value in canonical form, without quotes.</summary>
    public abstract string Value { get; }

    /// <summary>Gets a value that indicates whether the option says who holds the certificate. An option that many certificates of one CA
    /// meet does not.</summary>
    internal virtual bool IdentifiesHolder => false;

    /// <inheritdoc/>
    public bool Equals(RequirementOption? other) => other is not null && Part == other.Part && EqualsValue(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RequirementOption);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Part, GetValueHashCode());

    /// <summary>Returns the option as in a clause, such as <c>SUBJECT '/CN=alice'</c>.</summary>
    public override string ToString() => $"{Keyword} {SqlString.Quote(Value)}";

    /// <summary>Determines whether a connection meets the option. Allocates nothing.</summary>
    /// <param name="connection">The facts of the connection. null and a connection without a verified certificate meet no option but
    /// CIPHER.</param>
    internal abstract bool IsMet(TlsConnectionInfo? connection);

    /// <summary>Returns the reason why a connection does not meet the option. Allocates nothing.</summary>
    /// <remarks>It is separate because it can cost as much as the comparison: a name is read once more to tell a malformed one from another
    /// one. Of several alternatives, only one gives the reason.</remarks>
    /// <param name="connection">The facts of the connection, which does not meet the option.</param>
    internal abstract RejectionReason GetReason(TlsConnectionInfo? connection);

    /// <summary>Returns what is required and what the connection presented, not escaped.</summary>
    internal abstract RejectionDetails Describe(TlsConnectionInfo? connection);

    /// <summary>Returns the value of the option's stored member, or null and the reason why the server would not enforce it. Only called
    /// for an option that the server knows.</summary>
    /// <param name="format">The format of a server: <see cref="StoredRequirementFormat.Tidb"/> or
    /// <see cref="StoredRequirementFormat.MariaDb"/>.</param>
    /// <param name="obstacle">The reason, as the end of a sentence; null on success.</param>
    internal virtual string? ToStored(StoredRequirementFormat format, out string? obstacle)
    {
        obstacle = null;
        return Value;
    }

    private protected abstract bool EqualsValue(RequirementOption other);

    private protected abstract int GetValueHashCode();
}
