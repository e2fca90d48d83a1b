using System.Collections.Immutable;

namespace CertAuth.Requirements;

/// <summary>One alternative of a requirement: options that a connection must all meet.</summary>
/// <remarks>Two alternatives are equal if they have equal options. Immutable; safe for concurrent use.</remarks>
public sealed class RequirementAlternative : IEquatable<RequirementAlternative>
{
    /// <summary>The rank of no check: all are met.</summary>
    internal const int MetRank = int.MaxValue;

    private readonly RequirementOption[] _options;
    private readonly int[] _ranks;

    /// <summary>Initializes an alternative with at least one option, of which no two have the same type.</summary>
    internal RequirementAlternative(IEnumerable<RequirementOption> options)
    {
        _options = [.. options.OrderBy(option => RequirementOptionTypes.GetRank(option.Part))];
        Options = [.. _options];
        _ranks = [.. _options.Select(option => RequirementOptionTypes.GetRank(option.Part))];
    }

    /// <summary>Gets the options in the order of evaluation; at least one, and at most one of each type.</summary>
    public ImmutableArray<RequirementOption> Options { get; }

    /// <summary>Gets a value that indicates whether an option says who holds the certificate: SUBJECT, SAN, CERTIFICATE or
    /// PUBLIC_KEY.</summary>
    public bool IdentifiesHolder => Options.Any(option => option.IdentifiesHolder);

    /// <summary>Returns the option of a type, such as <see cref="SubjectOption"/>; null if the alternative has none.</summary>
    /// <typeparam name="T">The type of the option.</typeparam>
    public T? Find<T>()
        where T : RequirementOption
    {
        foreach (RequirementOption option in Options)
        {
            if (option is T found)
                return found;
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(RequirementAlternative? other) => other is not null && Options.AsSpan().SequenceEqual(other.Options.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RequirementAlternative);

    /// <inheritdoc/>
    public override int GetHashCode() => Options.Aggregate(0, (hash, option) => HashCode.Combine(hash, option));

    /// <summary>Returns the options as in a clause, such as <c>ISSUER '/CN=CA' SUBJECT '/CN=alice'</c>.</summary>
    public override string ToString() => string.Join(' ', Options);

    /// <summary>Evaluates the options until one is not met. Allocates nothing.</summary>
    /// <param name="connection">The facts of the connection, which uses TLS.</param>
    /// <param name="start">The number of options, from the first, that are known to be met.</param>
    /// <param name="index">The index of the option that is not met, or of the first option that requires a certificate if there is
    /// none.</param>
    /// <returns>The rank of the check that is not met, see <see cref="RequirementOptionTypes"/>; <see cref="MetRank"/> if all are
    /// met.</returns>
    internal int Evaluate(TlsConnectionInfo connection, int start, out int index)
    {
        // ClientCertificate is null for a certificate that was presented but not verified.
        bool hasCertificate = connection.ClientCertificate is not null;
        for (index = start; index < _ranks.Length; index++)
        {
            if (!hasCertificate && _ranks[index] > RequirementOptionTypes.CertificateRank)
                break;
            if (!_options[index].IsMet(connection))
                return _ranks[index];
        }

        return hasCertificate ? MetRank : RequirementOptionTypes.CertificateRank;
    }

    /// <summary>Returns the reason why the check at a rank and an index of <see cref="Evaluate"/> is not met.</summary>
    internal RejectionReason GetReason(TlsConnectionInfo connection, int rank, int index) => rank == RequirementOptionTypes.CertificateRank
        ? RejectionReason.CertificateMissing
        : _options[index].GetReason(connection);

    /// <summary>Returns the number of options, from the first, that another alternative also has.</summary>
    internal int CountSharedOptions(RequirementAlternative other)
    {
        int count = 0;
        while (count < Math.Min(_options.Length, other._options.Length) && _options[count].Equals(other._options[count]))
            count++;
        return count;
    }

    /// <summary>Returns every check, met or not, in the order of evaluation.</summary>
    /// <param name="connection">The facts of the connection; null for a connection without TLS.</param>
    /// <param name="position">The position of this alternative in the requirement.</param>
    internal IEnumerable<RequirementCheck> Explain(TlsConnectionInfo? connection, AlternativePosition position)
    {
        int beforeCertificate = _ranks.Count(rank => rank < RequirementOptionTypes.CertificateRank);
        return
        [
            .. Options.Take(beforeCertificate).Select(Check),
            RequirementCheck.ForCertificate(connection, position),
            .. Options.Skip(beforeCertificate).Select(Check),
        ];

        RequirementCheck Check(RequirementOption option)
        {
            RejectionReason reason = option.IsMet(connection) ? RejectionReason.None : option.GetReason(connection);
            return new(option.Part, reason, option.Describe(connection), position, option is DigestOption);
        }
    }
}
