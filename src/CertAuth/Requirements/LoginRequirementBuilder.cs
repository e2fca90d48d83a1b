using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>Builds a <see cref="LoginRequirement"/> from its parts, without the text of a clause.</summary>
/// <remarks>Each requirement that is built has a clause, which parses to an equal requirement, and a stored form. A new builder builds
/// <see cref="LoginRequirement.None"/>. A builder can be changed and used again; the requirements that it built do not change. Not safe for
/// concurrent use.</remarks>
public sealed class LoginRequirementBuilder
{
    /// <summary>Gets or sets a value that indicates whether TLS is required. Default: false. If any other property except
    /// <see cref="TokenIssuer"/> is set, TLS is required in any case.</summary>
    public bool RequireTls { get; set; }

    /// <summary>Gets or sets a value that indicates whether a verified client certificate is required. Default: false. If cipher suites, a
    /// name or subject alternative names are set, a certificate is required in any case.</summary>
    public bool RequireCertificate { get; set; }

    /// <summary>Gets or sets the accepted cipher suites, of which the connection must use one. Default: empty, which accepts any.</summary>
    public ImmutableArray<TlsCipherSuite> Ciphers
    {
        get;
        set => field = value.IsDefault ? [] : value;
    }
    = [];

    /// <summary>Gets or sets the issuer that the client certificate must name; null for any. Default: null. The empty name cannot be
    /// required.</summary>
    public DistinguishedName? Issuer { get; set; }

    /// <summary>Gets or sets the subject that the client certificate must name; null for any. Default: null. The empty name cannot be
    /// required.</summary>
    public DistinguishedName? Subject { get; set; }

    /// <summary>Gets or sets the subject alternative names that the client certificate must have; null for none. Default: null.</summary>
    public SanRequirement? San { get; set; }

    /// <summary>Gets or sets the issuer that a token must name; null or empty for any. Default: null. It requires nothing of the
    /// connection.</summary>
    public string? TokenIssuer { get; set; }

    /// <summary>Builds the requirement.</summary>
    /// <exception cref="InvalidOperationException">The parts do not make a requirement, for example because the clause or its stored form
    /// would be longer than 1,048,576 characters. The message is the error's sentence.</exception>
    public LoginRequirement Build() => TryBuild(out LoginRequirement? requirement, out RequirementError error)
        ? requirement
        : throw new InvalidOperationException(error.ToString());

    /// <summary>Builds the requirement if its parts make one.</summary>
    /// <param name="requirement">The requirement, or null on failure.</param>
    /// <param name="error">The first error; no error on success.</param>
    /// <returns>true if the requirement was built; otherwise, false.</returns>
    public bool TryBuild([NotNullWhen(true)] out LoginRequirement? requirement, out RequirementError error)
    {
        RequirementOptions options = new(Ciphers, Issuer, Subject, San, string.IsNullOrEmpty(TokenIssuer) ? null : TokenIssuer);
        LoginRequirement built = new(GetKind(options), options);
        RequirementError[] errors =
        [
            CheckCiphers(),
            CheckName(RequirementPart.Issuer, Issuer),
            CheckName(RequirementPart.Subject, Subject),
            RequirementOptions.CheckTokenIssuer(options.TokenIssuer ?? ""),
            LoginRequirement.CheckLength(built),
        ];
        error = errors.FirstOrDefault(found => found.Kind != RequirementErrorKind.None);
        requirement = error.Kind == RequirementErrorKind.None ? built : null;
        return requirement is not null;
    }

    private RequirementKind GetKind(RequirementOptions options) => options.Kind == RequirementKind.Specified ? RequirementKind.Specified
        : RequireCertificate ? RequirementKind.X509
        : RequireTls ? RequirementKind.Ssl
        : RequirementKind.None;

    // A suite without a name, or a list longer than the maximum, would print to text that cannot be parsed.
    private RequirementError CheckCiphers() =>
        Ciphers.IsEmpty || CipherSuites.TryParseList(CipherSuites.FormatList(Ciphers), out _, out CipherListError error)
            ? default
            : new(RequirementErrorKind.BadCipher, error.Index, RequirementPart.Cipher) { Cipher = error.Kind };

    private static RequirementError CheckName(RequirementPart part, DistinguishedName? name) =>
        name is { Rdns.IsEmpty: true } ? new(RequirementErrorKind.EmptyValue, 0, part) : default;
}
