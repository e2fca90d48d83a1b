using System.Collections.Immutable;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>The strictest REQUIRE clause that a certificate meets, or the reason why there is none.</summary>
/// <param name="Requirement">The clause, or null.</param>
/// <param name="Problem">The sentence that says why there is no clause, or null.</param>
internal sealed record SuggestedClause(LoginRequirement? Requirement, string? Problem)
{
    internal static SuggestedClause Create(ParsedCertificate certificate)
    {
        if (certificate.SanState is SanState.Malformed)
            return new(null, "The subject alternative names are malformed, so no trust bundle verifies the certificate.");
        if (certificate.SanState is SanState.Repeated)
            return new(null, "The subject alternative name extension is repeated, so no trust bundle verifies the certificate.");

        certificate.TryGetIssuer(out DistinguishedName? issuer, out _);
        bool isSubjectWellFormed = certificate.TryGetSubject(out DistinguishedName? subject, out NameError error);
        if (!TryCreateSan(certificate, out SanRequirement? san, out SanError sanError))
            return new(null, $"The subject alternative names cannot be required. {sanError}");
        if (san is null && subject is null or { Rdns.IsEmpty: true })
        {
            return new(
                null,
                isSubjectWellFormed
                    ? "The subject is empty, and the certificate has no alternative name that SAN can require."
                    : $"The subject is malformed, and the certificate has no alternative name that SAN can require. {error}");
        }

        RequirementOption?[] options =
        [
            issuer is { Rdns.IsEmpty: false } ? new IssuerOption(issuer) : null,
            subject is { Rdns.IsEmpty: false } ? new SubjectOption(subject) : null,
            san is null ? null : new SanOption(san),
        ];
        RequirementOption[] given = [.. options.OfType<RequirementOption>()];
        if (!LoginRequirement.TryOf(given, out LoginRequirement? requirement, out RequirementError tooLong))
            return new(null, $"The names cannot be required. {tooLong}");
        return NameMatching.Matches(requirement, certificate)
            ? new(requirement, null)
            : new(null, "A clause cannot express the names.");
    }

    // A clause cannot express every value: parsing removes spaces at both ends, for example. Such names are omitted.
    private static bool TryCreateSan(ParsedCertificate certificate, out SanRequirement? san, out SanError error)
    {
        (san, error) = (null, default);
        ImmutableArray<SubjectAlternativeName> names = certificate.GetSubjectAlternativeNames();
        string text = string.Join(',', names.Where(CanBeRequired).Select(name => name.ToString()).Distinct());
        return text.Length == 0 || SanRequirement.TryParse(text, out san, out error);
    }

    private static bool CanBeRequired(SubjectAlternativeName name) => name.Kind is SanKind.Uri or SanKind.Dns or SanKind.IpAddress
        && SanRequirement.TryParse(name.ToString(), out SanRequirement? parsed, out _)
        && parsed.Items is [{ } item] && item.Kind == name.Kind && item.Value == name.Value;
}
