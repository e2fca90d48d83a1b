using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>What an account demands of the connection that logs in to it: a REQUIRE clause.</summary>
/// <remarks>Parse it once, when the account is loaded; evaluate it at each login. Equal when everything demanded is equal, in the sense of each
/// part. Immutable; safe for concurrent use.</remarks>
public sealed class LoginRequirement : IEquatable<LoginRequirement>
{
    /// <summary>Longest clause that is read, in UTF-16 code units.</summary>
    internal const int MaxClauseLength = 1_048_576;

    /// <summary>A clause up to this length can't outgrow a bound when it is printed.</summary>
    private const int MaxRoundTripLength = 32_768;

    internal LoginRequirement(RequirementKind kind, RequirementOptions options, RequirementError storageError = default)
    {
        Kind = kind;
        Ciphers = options.Ciphers;
        Issuer = options.Issuer;
        Subject = options.Subject;
        San = options.San;
        TokenIssuer = options.TokenIssuer;
        StorageError = storageError;
    }

    /// <summary>Demands nothing: REQUIRE NONE. A host says so explicitly; a missing requirement is never taken for it.</summary>
    public static LoginRequirement None { get; } = new(RequirementKind.None, default);

    /// <summary>Demands TLS: REQUIRE SSL.</summary>
    public static LoginRequirement Ssl { get; } = new(RequirementKind.Ssl, default);

    /// <summary>Demands a verified client certificate, whoever's: REQUIRE X509.</summary>
    public static LoginRequirement X509 { get; } = new(RequirementKind.X509, default);

    /// <summary>What is demanded, roughly.</summary>
    public RequirementKind Kind { get; }

    /// <summary>The cipher suites of which any suffices; empty where none is named.</summary>
    public ImmutableArray<TlsCipherSuite> Ciphers { get; }

    /// <summary>The issuer that the client's certificate must name; null for any.</summary>
    public DistinguishedName? Issuer { get; }

    /// <summary>The subject that the client's certificate must name; null for any.</summary>
    public DistinguishedName? Subject { get; }

    /// <summary>The subject alternative names that the client's certificate must have; null for none.</summary>
    public SanRequirement? San { get; }

    /// <summary>The issuer that a token must name; null for any. It says nothing of the connection and isn't evaluated here.</summary>
    public string? TokenIssuer { get; }

    /// <summary>Why a stored requirement is broken; no error otherwise.</summary>
    public RequirementError StorageError { get; }

    /// <summary>Reads a clause, such as <c>REQUIRE SUBJECT '/C=US/CN=alice' AND ISSUER '/C=US/CN=CA'</c>.</summary>
    /// <remarks>The word REQUIRE is optional, keywords are read in any case. Values are checked too, so that a clause that could never be met is
    /// refused when it is written.</remarks>
    /// <param name="clause">At most 1,048,576 characters.</param>
    /// <param name="requirement">The requirement, or null.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParse(ReadOnlySpan<char> clause, [NotNullWhen(true)] out LoginRequirement? requirement, out RequirementError error)
    {
        requirement = null;
        if (clause.Length > MaxClauseLength)
            error = new(RequirementErrorKind.TooLong, MaxClauseLength);
        else
            requirement = new ClauseParser(clause).Parse(out error);
        return RoundTrips(clause.Length, ref requirement, ref error);
    }

    /// <summary>Reads the clause with which a text begins, as in <c>CREATE USER … REQUIRE … ATTRIBUTE …</c>. It goes on as long as options or AND follow; what stands behind it
    /// is the caller's to read, or to refuse: a misspelt option, for one. A literal, <c>$</c> or a letter that isn't ASCII can't stand there.</summary>
    /// <param name="text">From the word REQUIRE on; the clause, and what shows where it ends, are within its first 1,048,576 characters.</param>
    /// <param name="requirement">The requirement, or null.</param>
    /// <param name="length">Length of the clause, without white space behind it; 0 on failure.</param>
    /// <param name="error">What is wrong, and where; no error on success.</param>
    public static bool TryParsePrefix(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out LoginRequirement? requirement, out int length, out RequirementError error)
    {
        ClauseParser parser = new(text[..Math.Min(text.Length, MaxClauseLength)], isPrefix: true);
        requirement = parser.Parse(out error);

        // What was cut off might be an option, or the second of two quotes.
        if (text.Length > MaxClauseLength && parser.ReachedEnd)
            (requirement, error) = (null, new(RequirementErrorKind.TooLong, MaxClauseLength));
        bool isRead = RoundTrips(parser.End, ref requirement, ref error);
        length = isRead ? parser.End : 0;
        return isRead;
    }

    /// <summary>Reads a clause, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no clause; the message says why and where.</exception>
    public static LoginRequirement Parse(string clause)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return TryParse(clause, out LoginRequirement? requirement, out RequirementError error)
            ? requirement
            : throw new FormatException(error.ToString());
    }

    /// <summary>Reads the stored form. Never fails: a record that can't be read gives a requirement that denies every login.</summary>
    /// <seealso cref="StoredRequirement"/>
    public static LoginRequirement FromStored(StoredRequirement stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return StoredRequirementReader.Read(stored);
    }

    /// <summary>The stored form.</summary>
    /// <exception cref="InvalidOperationException">The requirement is broken: the host keeps the record that it read.</exception>
    public StoredRequirement ToStored() => StoredRequirementWriter.Write(this);

    /// <summary>Decides whether a connection meets the requirement. Allocates nothing.</summary>
    /// <param name="connection">The facts of the connection; null for one without TLS.</param>
    /// <returns><see cref="RejectionReason.None"/> when it does, else the first check that failed: TLS, cipher, certificate, issuer, subject, SAN.</returns>
    public RejectionReason Evaluate(TlsConnectionInfo? connection)
    {
        switch (Kind)
        {
            case RequirementKind.None:
                return RejectionReason.None;
            case RequirementKind.Ssl:
                return connection is null ? RejectionReason.InsecureTransport : RejectionReason.None;
            case RequirementKind.X509 or RequirementKind.Specified when connection is null:
                return RejectionReason.InsecureTransport;
            case RequirementKind.X509 or RequirementKind.Specified:
                return EvaluateOptions(connection);
            default:
                return RejectionReason.RequirementMalformed;
        }
    }

    /// <summary>Reports every check with what is required and what was presented, whether or not others failed; empty where nothing is demanded
    /// of the connection. TOKEN_ISSUER isn't among them: it speaks of the token.</summary>
    /// <param name="connection">The facts of the connection; null for one without TLS.</param>
    public ImmutableArray<RequirementCheck> Explain(TlsConnectionInfo? connection) => RequirementExplainer.Explain(this, connection);

    /// <summary>The facts of the first check that failed; there is one.</summary>
    internal RejectionDetails ExplainFirst(TlsConnectionInfo? connection) => Explain(connection).First(check => !check.IsMet).Details;

    /// <inheritdoc/>
    public bool Equals(LoginRequirement? other) => other is not null && Kind == other.Kind && Ciphers.AsSpan().SequenceEqual(other.Ciphers.AsSpan())
        && Equals(Issuer, other.Issuer) && Equals(Subject, other.Subject) && Equals(San, other.San)
        && string.Equals(TokenIssuer, other.TokenIssuer, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoginRequirement);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Ciphers.Length, Issuer, Subject, San, TokenIssuer);

    /// <summary>The clause, in canonical form; <see cref="TryParse"/> reads it back to an equal requirement.</summary>
    /// <remarks>No clause expresses a broken requirement. A stored requirement that prints to more than 1,048,576 characters is not read
    /// back.</remarks>
    public override string ToString()
    {
        List<string> parts = ["REQUIRE"];
        if (Kind is RequirementKind.Ssl or RequirementKind.X509 || (Kind == RequirementKind.None && TokenIssuer is null))
            parts.Add(Kind.ToString().ToUpperInvariant());
        if (Kind == RequirementKind.Malformed)
            parts.Add($"(broken: {StorageError})");
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

    internal static RejectionReason EvaluateIssuer(DistinguishedName required, ReadOnlySpan<byte> encodedName) =>
        required.MatchesDer(encodedName) ? RejectionReason.None
        : DistinguishedName.IsWellFormedDer(encodedName) ? RejectionReason.IssuerMismatch
        : RejectionReason.IssuerMalformed;

    internal static RejectionReason EvaluateSubject(DistinguishedName required, ReadOnlySpan<byte> encodedName) =>
        required.MatchesDer(encodedName) ? RejectionReason.None
        : DistinguishedName.IsWellFormedDer(encodedName) ? RejectionReason.SubjectMismatch
        : RejectionReason.SubjectMalformed;

    internal static RejectionReason EvaluateSan(SanRequirement required, VerifiedCertificate? certificate) => certificate?.SanState switch
    {
        SanState.Present when required.Matches(certificate.SanExtension) => RejectionReason.None,
        SanState.Malformed or SanState.Repeated => RejectionReason.SanMalformed,
        _ => RejectionReason.SanMismatch,
    };

    /// <summary>Returns an error if the requirement prints to text that is too long to be parsed.</summary>
    internal static RequirementError RejectIfTooLong(LoginRequirement requirement)
    {
        string printed = requirement.ToString();
        return ParsesBack(printed) ? default : new(RequirementErrorKind.TooLong, Math.Min(printed.Length, MaxClauseLength));
    }

    private static bool RoundTrips(int length, [NotNullWhen(true)] ref LoginRequirement? requirement, ref RequirementError error)
    {
        if (requirement is not null && length > MaxRoundTripLength && !ParsesBack(requirement.ToString()))
        {
            requirement = null;
            error = new(RequirementErrorKind.TooLong, length);
        }

        return requirement is not null;
    }

    // Escapes make a printed clause, or a value in it, longer than what was read.
    private static bool ParsesBack(string printed) => printed.Length <= MaxClauseLength && new ClauseParser(printed).Parse(out _) is not null;

    private RejectionReason EvaluateOptions(TlsConnectionInfo connection)
    {
        if (!Ciphers.IsEmpty && !Ciphers.AsSpan().Contains(connection.CipherSuite))
            return RejectionReason.CipherMismatch;

        // A certificate that was presented and not verified counts as none.
        if (connection.ClientCertificate is not { } certificate)
            return RejectionReason.CertificateMissing;

        RejectionReason reason = Issuer is null ? RejectionReason.None : EvaluateIssuer(Issuer, certificate.IssuerDer.Span);
        if (reason == RejectionReason.None && Subject is not null)
            reason = EvaluateSubject(Subject, certificate.SubjectDer.Span);
        return reason == RejectionReason.None && San is not null ? EvaluateSan(San, certificate) : reason;
    }
}
