using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>The requirement that a connection must meet to log in to an account: a parsed REQUIRE clause.</summary>
/// <remarks>Parse it once, when the account is loaded, and evaluate it at each login. Two requirements are equal if their kinds and all
/// their parts are equal: cipher suites in the same order, token issuers ordinally, the other parts as their types define it. The error in
/// a malformed requirement is not compared. Immutable; safe for concurrent use.</remarks>
public sealed class LoginRequirement : IEquatable<LoginRequirement>
{
    /// <summary>The length of a clause, in UTF-16 code units, up to which its canonical form never exceeds a limit.</summary>
    private const int MaxRoundTripLength = 32_768;

    private readonly RequirementOptions _options;

    internal LoginRequirement(RequirementKind kind, in RequirementOptions options, RequirementError storageError = default) =>
        (Kind, _options, StorageError) = (kind, options, storageError);

    /// <summary>Gets the requirement that every connection meets: REQUIRE NONE. An account has no default requirement, so an application
    /// must choose this one explicitly.</summary>
    public static LoginRequirement None { get; } = new(RequirementKind.None, default);

    /// <summary>Gets the requirement that the connection uses TLS: REQUIRE SSL.</summary>
    public static LoginRequirement Ssl { get; } = new(RequirementKind.Ssl, default);

    /// <summary>Gets the requirement that the connection uses TLS and has a verified client certificate: REQUIRE X509.</summary>
    public static LoginRequirement X509 { get; } = new(RequirementKind.X509, default);

    /// <summary>Gets the kind of requirement.</summary>
    public RequirementKind Kind { get; }

    /// <summary>Gets the accepted cipher suites, of which the connection must use one; empty if any is accepted.</summary>
    public ImmutableArray<TlsCipherSuite> Ciphers => _options.Ciphers;

    /// <summary>Gets the issuer that the client certificate must name; null for any.</summary>
    public DistinguishedName? Issuer => _options.Issuer;

    /// <summary>Gets the subject that the client certificate must name; null for any.</summary>
    public DistinguishedName? Subject => _options.Subject;

    /// <summary>Gets the subject alternative names that the client certificate must have; null if none is required.</summary>
    public SanRequirement? San => _options.San;

    /// <summary>Gets the issuer that a login token must name; null for any.</summary>
    /// <remarks>It applies to the token and not to the connection, so <see cref="Evaluate"/> and <see cref="Explain"/> ignore it.</remarks>
    public string? TokenIssuer => _options.TokenIssuer;

    /// <summary>Gets the error in the stored requirement if <see cref="Kind"/> is <see cref="RequirementKind.Malformed"/>; otherwise, no
    /// error.</summary>
    public RequirementError StorageError { get; }

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
        requirement = null;
        error = new(RequirementErrorKind.TooLong, RequirementBounds.MaxClauseLength);
        if (clause.Length <= RequirementBounds.MaxClauseLength)
        {
            ClauseParser parser = new(clause);
            requirement = ParseOrNull(ref parser, out error);
        }

        return EnsureRoundTrips(clause.Length, ref requirement, ref error);
    }

    /// <summary>Parses the clause at the start of a text, as in <c>CREATE USER … REQUIRE … ATTRIBUTE …</c>.</summary>
    /// <remarks>The clause ends before the first word that is neither an option nor AND. The caller parses or rejects the rest of the text,
    /// which may begin with a misspelled option. The clause must not be followed by a string literal, a <c>$</c> or a non-ASCII
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
        requirement = ParseOrNull(ref parser, out error);

        // The rest of the text might continue the clause: with another option, or with the second quote of a doubled one.
        if (text.Length > RequirementBounds.MaxClauseLength && parser.ReachedEnd)
            (requirement, error) = (null, new(RequirementErrorKind.TooLong, RequirementBounds.MaxClauseLength));
        bool isRead = EnsureRoundTrips(parser.End, ref requirement, ref error);
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
        RequirementError error = StoredRequirementReader.Read(stored, out RequirementKind kind, out RequirementOptions options);
        return new(kind, options, error);
    }

    /// <summary>Returns the stored form of the requirement.</summary>
    /// <exception cref="InvalidOperationException">The requirement is malformed. Keep the record from which it was read.</exception>
    public StoredRequirement ToStored() => Kind != RequirementKind.Malformed
        ? StoredRequirementWriter.Write(Kind, _options)
        : throw new InvalidOperationException(
            $"A malformed requirement cannot be stored; keep the record from which it was read. {StorageError}");

    /// <summary>Determines whether a connection meets the requirement. Allocates nothing.</summary>
    /// <param name="connection">The facts of the connection; null for a connection without TLS.</param>
    /// <returns><see cref="RejectionReason.None"/> if the connection meets the requirement; otherwise, the reason of the first check that
    /// is not met, in this order: TLS, cipher suite, certificate, issuer, subject, subject alternative names. A malformed requirement is
    /// never met.</returns>
    public RejectionReason Evaluate(TlsConnectionInfo? connection) => RequirementEvaluator.Evaluate(Kind, _options, connection);

    /// <summary>Returns every check of the requirement, met or not, in the order of <see cref="Evaluate"/>; empty if <see cref="Kind"/> is
    /// <see cref="RequirementKind.None"/>.</summary>
    /// <param name="connection">The facts of the connection; null for a connection without TLS.</param>
    public ImmutableArray<RequirementCheck> Explain(TlsConnectionInfo? connection) =>
        RequirementExplainer.Explain(Kind, _options, connection);

    /// <summary>Returns the facts of the first check that is not met. The connection must not meet the requirement.</summary>
    internal RejectionDetails ExplainFirst(TlsConnectionInfo? connection) => Explain(connection).First(check => !check.IsMet).Details;

    /// <inheritdoc/>
    public bool Equals(LoginRequirement? other) => other is not null && Kind == other.Kind
        && Ciphers.AsSpan().SequenceEqual(other.Ciphers.AsSpan())
        && Equals(Issuer, other.Issuer) && Equals(Subject, other.Subject) && Equals(San, other.San)
        && string.Equals(TokenIssuer, other.TokenIssuer, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoginRequirement);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Ciphers.Length, Issuer, Subject, San, TokenIssuer);

    /// <summary>Returns the clause in canonical form, which <see cref="TryParse"/> parses to an equal requirement.</summary>
    /// <remarks>There are two exceptions: the text of a malformed requirement is not a clause, and the text of a requirement that was read
    /// from its stored form may exceed the maximum length of a clause.</remarks>
    public override string ToString()
    {
        List<string> parts = ["REQUIRE"];
        if (Kind == RequirementKind.None && TokenIssuer is null)
            parts.Add("NONE");
        if (Kind == RequirementKind.Ssl)
            parts.Add("SSL");
        if (Kind == RequirementKind.X509)
            parts.Add("X509");
        if (Kind == RequirementKind.Malformed)
            parts.Add($"(malformed: {StorageError})");
        if (!Ciphers.IsEmpty)
            parts.Add($"CIPHER {SqlString.Quote(CipherSuites.FormatList(Ciphers))}");
        if (Issuer is not null)
            parts.Add($"ISSUER {SqlString.Quote(Issuer.ToString())}");
        if (Subject is not null)
            parts.Add($"SUBJECT {SqlString.Quote(Subject.ToString())}");
        if (San is not null)
            parts.Add($"SAN {SqlString.Quote(San.ToString())}");
        if (TokenIssuer is not null)
            parts.Add($"TOKEN_ISSUER {SqlString.Quote(TokenIssuer)}");
        return string.Join(' ', parts);
    }

    /// <summary>Checks that neither the text of a requirement nor its stored form, which escapes other characters, is too long to be
    /// read.</summary>
    internal static RequirementError CheckLength(LoginRequirement requirement)
    {
        string printed = requirement.ToString();
        if (!RoundTrips(printed))
            return new(RequirementErrorKind.TooLong, Math.Min(printed.Length, RequirementBounds.MaxClauseLength));
        return requirement.ToStored().Json.Length > RequirementBounds.MaxClauseLength
            ? new(RequirementErrorKind.TooLong, RequirementBounds.MaxClauseLength)
            : default;
    }

    private static LoginRequirement? ParseOrNull(ref ClauseParser parser, out RequirementError error)
    {
        error = parser.Parse(out RequirementKind kind, out RequirementOptions options);
        return error.Kind == RequirementErrorKind.None ? new(kind, options) : null;
    }

    // Replaces a requirement whose canonical form is too long with an error.
    private static bool EnsureRoundTrips(int length, [NotNullWhen(true)] ref LoginRequirement? requirement, ref RequirementError error)
    {
        if (requirement is not null && length > MaxRoundTripLength && !RoundTrips(requirement.ToString()))
        {
            requirement = null;
            error = new(RequirementErrorKind.TooLong, length);
        }

        return requirement is not null;
    }

    // Escapes can make the canonical form longer than the text that was parsed.
    private static bool RoundTrips(string printed) => printed.Length <= RequirementBounds.MaxClauseLength
        && new ClauseParser(printed).Parse(out _, out _).Kind == RequirementErrorKind.None;
}
