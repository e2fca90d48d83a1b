using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Certificates;

/// <summary>The REQUIRE clause that a certificate meets, as narrow as its names allow: or why there is none.</summary>
/// <param name="Requirement">The clause, or null.</param>
/// <param name="Problem">Why there is none, or null.</param>
internal sealed record SuggestedClause(LoginRequirement? Requirement, string? Problem)
{
    private const int Specified = 3;

    internal static SuggestedClause Create(ParsedCertificate certificate)
    {
        if (certificate.SanState is SanState.Malformed or SanState.Repeated)
            return new(null, "its subject alternative names are malformed: no bundle verifies it");

        certificate.TryGetIssuer(out DistinguishedName? issuer, out _);
        bool hasSubject = certificate.TryGetSubject(out DistinguishedName? subject, out NameError error);
        string? san = FormatSan(certificate);
        if (san is null && subject is null or { Rdns.IsEmpty: true })
            return new(null, $"its subject is {(hasSubject ? "empty" : $"malformed ({error})")}, and it has no name that SAN can require");

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
            : new(null, $"its names can't be required: {requirement.StorageError}");
    }

    // All names of the kinds that a clause has; a value that it would read otherwise, such as one with blanks around it, makes none.
    private static string? FormatSan(ParsedCertificate certificate)
    {
        ImmutableArray<SubjectAlternativeName> names = certificate.GetSubjectAlternativeNames();
        string[] items = [.. names.Where(CanBeRequired).Select(name => name.ToString()).Distinct()];
        return items.Length > 0 ? string.Join(',', items) : null;
    }

    private static bool CanBeRequired(SubjectAlternativeName name) => name.Kind is SanKind.Uri or SanKind.Dns or SanKind.IpAddress
        && SanRequirement.TryParse(name.ToString(), out SanRequirement? alone, out _)
        && alone.Items is [{ } item] && item.Kind == name.Kind && item.Value == name.Value;
}
