using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Requirements;

/// <summary>The requirement that a connection must meet to log in to an account: a parsed REQUIRE clause.</summary>
/// <remarks>It consists of one to sixteen alternatives, of which a connection must meet one; an alternative is a set of options, of which a
/// connection must meet all. Parse it once, when the account is loaded, and evaluate it at each login. Two requirements are equal if their
/// kinds are equal, their alternatives are equal in the same order, and their token issuers are equal ordinally. The error in a malformed
/// requirement is not compared. Immutable; safe for concurrent use.</remarks>
public sealed class LoginRequirement : IEquatable<LoginRequirement>
{
    private readonly RequirementParts _parts;
    private readonly RequirementAlternative[] _alternatives;
    private readonly AlternativeEvaluator _evaluator;

    internal LoginRequirement(RequirementParts parts, RequirementError storageError = default)
    {
        _parts = parts;
        _alternatives = [.. parts.Alternatives];
        _evaluator = new(_alternatives);
        StorageError = storageError;
    }

    /// <summary>Gets the requirement that every connection meets: REQUIRE NONE. An account has no default requirement, so an application
    /// must choose this one explicitly.</summary>
    public static LoginRequirement None { get; } = new(new(RequirementKind.None, []));

    /// <summary>Gets the requirement that the connection uses TLS: REQUIRE SSL.</summary>
    public static LoginRequirement Ssl { get; } = new(new(RequirementKind.Ssl, []));

    /// <summary>Gets the requirement that the connection uses TLS and has a verified client certificate: REQUIRE X509.</summary>
    public static LoginRequirement X509 { get; } = new(new(RequirementKind.X509, []));

    /// <summary>Gets the kind of requirement.</summary>
    public RequirementKind Kind => _parts.Kind;

    /// <summary>Gets the alternatives in the order in which they were written: 1 to 16 if <see cref="Kind"/> is
    /// <see cref="RequirementKind.Specified"/>; otherwise, none.</summary>
    public ImmutableArray<RequirementAlternative> Alternatives => _parts.Alternatives;

    /// <summary>Gets the issuer that a login token must name; null for any.</summary>
    /// <remarks>It applies to the token and not to the connection, so <see cref="Evaluate"/> and <see cref="Explain"/> ignore it.</remarks>
    public string? TokenIssuer => _parts.TokenIssuer;

    /// <summary>Gets the error in the stored requirement if <see cref="Kind"/> is <see cref="RequirementKind.Malformed"/>; otherwise, no
    /// error.</summary>
    public RequirementError StorageError { get; }

    /// <summary>Gets a value that indicates whether every alternative says who holds the certificate: with SUBJECT, SAN, CERTIFICATE or
    /// PUBLIC_KEY. False if there are no alternatives.</summary>
    public bool IdentifiesHolder => _alternatives.Length > 0 && Array.TrueForAll(_alternatives, a => a.IdentifiesHolder);

    /// <summary>Gets a value that indicates whether TiDB can store the requirement and enforces all of it. If so,
    /// <see cref="TryToStored"/> accepts <see cref="StoredRequirementFormat.Tidb"/>.</summary>
    public bool IsTidbCompatible => TryToStored(StoredRequirementFormat.Tidb, out _, out _);

    /// <summary>Creates a requirement that has one alternative, without the text of a clause.</summary>
    /// <param name="options">The options; at least one, and at most one of each type.</param>
    /// <exception cref="ArgumentNullException">An option is null.</exception>
    /// <exception cref="ArgumentException">There is no option, two have the same type, or the clause would be longer than 1,048,576
    /// characters. The message is the error's sentence.</exception>
    public static LoginRequirement Of(params ReadOnlySpan<RequirementOption> options) =>
        TryOf(options, out LoginRequirement? requirement, out RequirementError error)
            ? requirement
            : throw new ArgumentException(error.ToString(), nameof(options));

    /// <summary>Creates a requirement that has one alternative, as <see cref="Of"/> does.</summary>
    /// <param name="options">The options; at least one, and at most one of each type.</param>
    /// <param name="requirement">The requirement, or null on failure.</param>
    /// <param name="error">The first error; no error on success.</param>
    /// <returns>true if the requirement was created; otherwise, false.</returns>
    /// <exception cref="ArgumentNullException">An option is null.</exception>
    public static bool TryOf(
        ReadOnlySpan<RequirementOption> options, [NotNullWhen(true)] out LoginRequirement? requirement, out RequirementError error) =>
        Wrap(RequirementFactory.Create(options, out RequirementParts created), created, out requirement, out error);

    /// <summary>Creates a requirement that a connection meets if it meets any of the given requirements.</summary>
    /// <param name="requirements">The requirements, of kind <see cref="RequirementKind.Specified"/>, with 1 to 16 different alternatives in
    /// total and the same token issuer or none.</param>
    /// <exception cref="ArgumentNullException">A requirement is null.</exception>
    /// <exception cref="ArgumentException">The requirements have no alternatives, more than 16, the same one twice or different token
    /// issuers, one is of another kind, or the clause would be longer than 1,048,576 characters. The message is the error's
    /// sentence.</exception>
    public static LoginRequirement AnyOf(params ReadOnlySpan<LoginRequirement> requirements)
    {
        List<RequirementParts> parts = [];
        foreach (LoginRequirement requirement in requirements)
        {
            ArgumentNullException.ThrowIfNull(requirement, nameof(requirements));
            if (requirement.Kind == RequirementKind.Malformed)
                throw new ArgumentException(requirement.StorageError.ToString(), nameof(requirements));
            parts.Add(requirement._parts);
        }

        return Wrap(RequirementFactory.Combine(parts, out RequirementParts combined), combined, out LoginRequirement? any, out var error)
            ? any
            : throw new ArgumentException(error.ToString(), nameof(requirements));
    }

    /// <summary>Returns this requirement with another token issuer.</summary>
    /// <param name="tokenIssuer">The issuer that a token must name; null or empty for any.</param>
    /// <exception cref="ArgumentException">The text is not valid UTF-16, or the clause would be longer than 1,048,576
    /// characters.</exception>
    /// <exception cref="InvalidOperationException">The requirement is malformed.</exception>
    public LoginRequirement WithTokenIssuer(string? tokenIssuer)
    {
        if (Kind == RequirementKind.Malformed)
            throw new InvalidOperationException(StorageError.ToString());
        RequirementError problem = RequirementFactory.SetTokenIssuer(_parts, tokenIssuer, out RequirementParts created);
        return Wrap(problem, created, out LoginRequirement? requirement, out RequirementError error)
            ? requirement
            : throw new ArgumentException(error.ToString(), nameof(tokenIssuer));
    }

    /// <summary>Parses a clause, such as <c>REQUIRE SUBJECT '/C=US/CN=alice' AND ISSUER '/C=US/CN=CA'</c>.</summary>
    /// <remarks>The word REQUIRE is optional, and keywords may be in any case. Values are validated as well, so that a clause that no
    /// connection could meet is rejected when it is written.</remarks>
    /// <param name="clause">The clause, at most 1,048,576 characters.</param>
    /// <param name="requirement">The requirement, or null on failure.</param>
    /// <param name="error">The first error; no error on success.</param>
    /// <returns>true if the clause was parsed; otherwise, false.</returns>
    public static bool TryParse(
        ReadOnlySpan<char> clause, [NotNullWhen(true)] out LoginRequirement? requirement, out RequirementError error)
    {
        RequirementParts parts = default;
        error = clause.Length > RequirementBounds.MaxClauseLength
            ? new(RequirementErrorKind.TooLong, RequirementBounds.MaxClauseLength)
            : EnsureRoundTrips(clause.Length, new ClauseParser(clause).Parse(out parts), parts);
        return Wrap(error, parts, out requirement, out error);
    }

    /// <summary>Parses the clause at the start of a text, as in <c>CREATE USER … REQUIRE … ATTRIBUTE …</c>.</summary>
    /// <remarks>The clause ends before the first word that is neither an option nor AND nor OR. The caller parses or rejects the rest of
    /// the text, which may begin with a misspelled option. The clause must not be followed by a string literal, a <c>$</c> or a non-ASCII
    /// character.</remarks>
    /// <param name="text">The text, beginning with the clause. The clause and the word that follows it must be within the first 1,048,576
    /// characters.</param>
    /// <param name="requirement">The requirement, or null on failure.</param>
    /// <param name="length">The length of the clause in UTF-16 code units, without trailing white space; 0 on failure.</param>
    /// <param name="error">The first error; no error on success.</param>
    /// <returns>true if the clause was parsed; otherwise, false.</returns>
    public static bool TryParsePrefix(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out LoginRequirement? requirement, out int length, out RequirementError error)
    {
        ClauseParser parser = new(text[..Math.Min(text.Length, RequirementBounds.MaxClauseLength)], isPrefix: true);
        error = parser.Parse(out RequirementParts parts);

        // The rest of the text might continue the clause: with another option, or with the second quote of a doubled one.
        if (text.Length > RequirementBounds.MaxClauseLength && parser.ReachedEnd)
            error = new(RequirementErrorKind.TooLong, RequirementBounds.MaxClauseLength);
        bool isRead = Wrap(EnsureRoundTrips(parser.End, error, parts), parts, out requirement, out error);
        length = isRead ? parser.End : 0;
        return isRead;
    }

    /// <summary>Parses a clause as <see cref="TryParse"/> does.</summary>
    /// <param name="clause">The clause, at most 1,048,576 characters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="clause"/> is null.</exception>
    /// <exception cref="FormatException">The clause is malformed. The message is the error's sentence.</exception>
    public static LoginRequirement Parse(string clause)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return TryParse(clause, out LoginRequirement? requirement, out RequirementError error)
            ? requirement
            : throw new FormatException(error.ToString());
    }

    /// <summary>Reads the stored form of a requirement. A record that cannot be read gives a requirement of kind
    /// <see cref="RequirementKind.Malformed"/>, which rejects every login.</summary>
    /// <param name="stored">The stored requirement.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stored"/> is null.</exception>
    public static LoginRequirement FromStored(StoredRequirement stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        RequirementError error = StoredRequirementReader.Read(stored, out RequirementParts parts);
        return error.Kind == RequirementErrorKind.None ? new(parts) : new(new(RequirementKind.Malformed, []), error);
    }

    /// <summary>Returns the stored form of the requirement if the servers of that format enforce all of it.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stored">The stored form, which <see cref="FromStored"/> reads as an equal requirement; otherwise, null.</param>
    /// <param name="error">The part that would not be enforced, and why; no error on success.</param>
    /// <returns>true if the requirement can be stored; otherwise, false.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is not a defined value.</exception>
    public bool TryToStored(
        StoredRequirementFormat format, [NotNullWhen(true)] out StoredRequirement? stored, out RequirementError error)
    {
        stored = StoredRequirementWriter.Write(_parts, format, out error);
        return stored is not null;
    }

    /// <summary>Returns the stored form of the requirement, as <see cref="TryToStored"/> does.</summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is not a defined value.</exception>
    /// <exception cref="InvalidOperationException">The servers of that format would not enforce the requirement, or it is malformed. The
    /// message is the error's sentence.</exception>
    public StoredRequirement ToStored(StoredRequirementFormat format) =>
        TryToStored(format, out StoredRequirement? stored, out RequirementError error)
            ? stored
            : throw new InvalidOperationException(error.ToString());

    /// <summary>Determines whether a connection meets the requirement. Allocates nothing.</summary>
    /// <param name="connection">The facts of the connection; null for a connection without TLS.</param>
    /// <returns><see cref="RejectionReason.None"/> if the connection meets the requirement. Otherwise, the reason of the first check that
    /// is not met: TLS, CIPHER, a verified certificate, then the other options in the order of
    /// <see cref="RequirementAlternative.Options"/>. Of several alternatives, the one that got furthest gives the reason, and of these the
    /// first. A malformed requirement is never met.</returns>
    public RejectionReason Evaluate(TlsConnectionInfo? connection) => Kind switch
    {
        RequirementKind.None => RejectionReason.None,
        RequirementKind.Ssl or RequirementKind.X509 or RequirementKind.Specified when connection is null =>
            RejectionReason.InsecureTransport,
        RequirementKind.Ssl => RejectionReason.None,
        RequirementKind.X509 => connection.ClientCertificate is null ? RejectionReason.CertificateMissing : RejectionReason.None,
        RequirementKind.Specified => _evaluator.Evaluate(connection, out _),
        _ => RejectionReason.RequirementMalformed,
    };

    /// <summary>Returns every check of the requirement, met or not, in the order of <see cref="Evaluate"/>; empty if <see cref="Kind"/> is
    /// <see cref="RequirementKind.None"/>.</summary>
    /// <param name="connection">The facts of the connection; null for a connection without TLS.</param>
    public ImmutableArray<RequirementCheck> Explain(TlsConnectionInfo? connection) => Kind switch
    {
        RequirementKind.Malformed => [RequirementCheck.ForRecord()],
        RequirementKind.None => [],
        RequirementKind.Ssl => [RequirementCheck.ForTransport(connection)],
        RequirementKind.X509 => [RequirementCheck.ForTransport(connection), RequirementCheck.ForCertificate(connection, default)],
        _ => [RequirementCheck.ForTransport(connection), .. _alternatives.SelectMany((_, i) => ExplainAlternative(i, connection))],
    };

    // The facts of the check that gives the reason of Evaluate. The connection must not meet the requirement.
    internal RejectionDetails ExplainRejection(TlsConnectionInfo? connection)
    {
        if (Kind != RequirementKind.Specified || connection is null)
            return Explain(connection).First(check => !check.IsMet).Details;
        _evaluator.Evaluate(connection, out int nearest);
        return ExplainAlternative(nearest, connection).First(check => !check.IsMet).Details;
    }

    /// <inheritdoc/>
    public bool Equals(LoginRequirement? other) => other is not null && Kind == other.Kind
        && _alternatives.AsSpan().SequenceEqual(other._alternatives)
        && string.Equals(TokenIssuer, other.TokenIssuer, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoginRequirement);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Kind, TokenIssuer, _alternatives.Aggregate(0, (hash, alternative) => HashCode.Combine(hash, alternative)));

    /// <summary>Returns the clause in canonical form, which <see cref="TryParse"/> parses to an equal requirement.</summary>
    /// <remarks>There are two exceptions: the text of a malformed requirement is not a clause, and the text of a requirement that was read
    /// from its stored form may exceed the maximum length of a clause.</remarks>
    public override string ToString() =>
        Kind == RequirementKind.Malformed ? $"REQUIRE (malformed: {StorageError})" : _parts.ToString();

    // Escapes can make the canonical form longer than the text that was parsed.
    private static RequirementError EnsureRoundTrips(int length, RequirementError error, RequirementParts parts) =>
        error.Kind == RequirementErrorKind.None && length > RequirementBounds.MaxRoundTripLength && !parts.IsShortEnough
            ? new(RequirementErrorKind.TooLong, length)
            : error;

    private static bool Wrap(
        RequirementError found, RequirementParts parts, [NotNullWhen(true)] out LoginRequirement? requirement, out RequirementError error)
    {
        error = found;
        requirement = found.Kind == RequirementErrorKind.None ? new(parts) : null;
        return requirement is not null;
    }

    private IEnumerable<RequirementCheck> ExplainAlternative(int index, TlsConnectionInfo? connection) =>
        _alternatives[index].Explain(connection, new(index + 1, _alternatives.Length));
}
