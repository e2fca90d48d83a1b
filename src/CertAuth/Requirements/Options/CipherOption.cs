using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>CIPHER: the connection must use one of these cipher suites.</summary>
/// <remarks>Two options are equal if they have the same suites in the same order.</remarks>
public sealed class CipherOption : RequirementOption
{
    /// <summary>Initializes the option.</summary>
    /// <param name="suites">The accepted suites; at least one.</param>
    /// <exception cref="ArgumentException">There is no suite, a suite is unknown, or the list of their OpenSSL names is longer than
    /// <see cref="CipherSuites.MaxListLength"/>.</exception>
    public CipherOption(params ImmutableArray<TlsCipherSuite> suites)
        : base(RequirementPart.Cipher)
    {
        if (FindError(suites) is { } error)
            throw new ArgumentException(error.ToString(), nameof(suites));
        Suites = suites;
    }

    /// <summary>Gets the accepted suites, in the order in which they were written; at least one.</summary>
    public ImmutableArray<TlsCipherSuite> Suites { get; }

    /// <inheritdoc/>
    public override string Value => CipherSuites.FormatList(Suites);

    internal static CipherOption? ParseOrNull(string value, out RequirementError error)
    {
        // The names of OpenSSL can make the canonical form longer than the value.
        bool isParsed = CipherSuites.TryParseList(value, out ImmutableArray<TlsCipherSuite> suites, out CipherListError found);
        if (isParsed && FindError(suites) is { } canonicalError)
            (isParsed, found) = (false, new(canonicalError.Kind, value.Length));
        error = isParsed
            ? default
            : new(RequirementErrorKind.BadCipher, found.Index, RequirementPart.Cipher)
            {
                Cipher = found.Kind,
                Suggestion = found.Suggestion,
            };
        return isParsed ? new(suites) : null;
    }

    internal override bool IsMet(TlsConnectionInfo? connection) =>
        connection is not null && Suites.AsSpan().Contains(connection.CipherSuite);

    internal override RejectionReason GetReason(TlsConnectionInfo? connection) => RejectionReason.CipherMismatch;

    internal override RejectionDetails Describe(TlsConnectionInfo? connection) =>
        new(Value, connection is null ? null : CipherSuites.GetOpenSslName(connection.CipherSuite));

    // MySQL, MariaDB and TiDB compare the whole text with the name of one suite.
    internal override string? ToStored(StoredRequirementFormat format, out string? obstacle)
    {
        obstacle = Suites.Length > 1 ? "the server accepts only one cipher suite"
            : format == StoredRequirementFormat.Tidb && !CipherSuites.IsKnownToTidb(Suites[0]) ? "TiDB does not know the cipher suite"
            : null;
        return obstacle is null ? Value : null;
    }

    private protected override bool EqualsValue(RequirementOption other) =>
        Suites.AsSpan().SequenceEqual(((CipherOption)other).Suites.AsSpan());

    private protected override int GetValueHashCode() => HashCode.Combine(Suites.Length, Suites[0]);

    // Returns the error of the canonical form; null if it parses to the same suites.
    private static CipherListError? FindError(ImmutableArray<TlsCipherSuite> suites) =>
        CipherSuites.TryParseList(CipherSuites.FormatList(suites), out _, out CipherListError error) ? null : error;
}
