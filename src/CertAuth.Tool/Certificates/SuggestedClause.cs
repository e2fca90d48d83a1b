using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>The strictest REQUIRE clause that a certificate meets, or the reason why there is none.</summary>
/// <param name="Requirement">The clause, or null.</param>
/// <param name="Problem">The sentence that says why there is no clause, or null.</param>
internal sealed record SuggestedClause(LoginRequirement? Requirement, string? Problem)
{
    private const int Specified = 3;

    internal static SuggestedClause Create(ParsedCertificate certificate)
    {
        if (certificate.SanState is SanState.Malformed or SanState.Repeated)
            return new(null, "The subject alternative names are malformed, so no trust bundle verifies the certificate.");

        certificate.TryGetIssuer(out DistinguishedName? issuer, out _);
        bool isSubjectWellFormed = certificate.TryGetSubject(out DistinguishedName? subject, out NameError error);
        string? san = FormatSan(certificate);
        if (san is null && subject is null or { Rdns.IsEmpty: true })
        {
            return new(
                null,
                isSubjectWellFormed
                    ? "The subject is empty, and there is no name that SAN can require."
                    : $"The subject is malformed, and there is no name that SAN can require. {error}");
        }

        // The stored form needs no quoting.
        JsonObject stored = new() { ["ssl_type"] = Specified };
        if (issuer is { Rdns.IsEmpty: false })
            stored["x509_issuer"] = issuer.ToString();
        if (subject is { Rdns.IsEmpty: false })
            stored["x509_subject"] = subject.ToString();
        if (san is not null)
            stored["san"] = san;
        LoginRequirement requirement = LoginRequirement.FromStored(new(stored.ToJsonString()));
        return requirement.Kind == RequirementKind.Specified && NameMatching.MatchesNames(requirement, certificate)
            ? new(requirement, null)
            : new(null, $"The names cannot be required: {requirement.StorageError}");
    }

    // A clause cannot express every value: parsing removes spaces at both ends, for example. Such names are omitted.
    private static string? FormatSan(ParsedCertificate certificate)
    {
        ImmutableArray<SubjectAlternativeName> names = certificate.GetSubjectAlternativeNames();
        string[] items = [.. names.Where(CanBeRequired).Select(name => name.ToString()).Distinct()];
        return items.Length > 0 ? string.Join(',', items) : null;
    }

    private static bool CanBeRequired(SubjectAlternativeName name) => name.Kind is SanKind.Uri or SanKind.Dns or SanKind.IpAddress
        && SanRequirement.TryParse(name.ToString(), out SanRequirement? parsed, out _)
        && parsed.Items is [{ } item] && item.Kind == name.Kind && item.Value == name.Value;
}
