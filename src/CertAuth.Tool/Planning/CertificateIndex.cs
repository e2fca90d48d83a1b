using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Planning;

/// <summary>An index of certificates by name and digest. It finds those that may meet a requirement without comparing each one.</summary>
internal sealed class CertificateIndex
{
    private readonly IReadOnlyList<FolderCertificate> _all;
    private readonly Dictionary<DistinguishedName, List<FolderCertificate>> _bySubject = [];
    private readonly Dictionary<DistinguishedName, List<FolderCertificate>> _byIssuer = [];
    private readonly Dictionary<string, List<FolderCertificate>> _bySan = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Sha256Digest, List<FolderCertificate>> _byDigest = [];

    internal CertificateIndex(IReadOnlyList<FolderCertificate> certificates)
    {
        _all = certificates;
        foreach (FolderCertificate certificate in certificates)
        {
            // A malformed name meets no requirement.
            ParsedCertificate leaf = certificate.Content.Leaf;
            if (leaf.TryGetSubject(out DistinguishedName? subject, out _))
                Add(_bySubject, subject, certificate);
            if (leaf.TryGetIssuer(out DistinguishedName? issuer, out _))
                Add(_byIssuer, issuer, certificate);
            Add(_byDigest, new(leaf.Sha256.Span), certificate);
            Add(_byDigest, new(leaf.PublicKeySha256.Span), certificate);
            IEnumerable<string> names = leaf.GetSubjectAlternativeNames().Select(name => GetKey(name.Kind, name.Value));
            foreach (string key in names.Distinct(_bySan.Comparer))
                Add(_bySan, key, certificate);
        }
    }

    /// <summary>Returns all certificates that meet the requirement, and possibly others.</summary>
    internal IEnumerable<FolderCertificate> Find(LoginRequirement requirement) => requirement.Kind == RequirementKind.Specified
        ? requirement.Alternatives.SelectMany(Find).Distinct()
        : _all;

    private IEnumerable<FolderCertificate> Find(RequirementAlternative alternative)
    {
        if (alternative.Find<SubjectOption>() is { } subject)
            return Get(_bySubject, subject.Name);
        DigestOption? pins = (DigestOption?)alternative.Find<CertificateOption>() ?? alternative.Find<PublicKeyOption>();
        if (pins is not null)
            return pins.Digests.SelectMany(digest => Get(_byDigest, digest));

        // Every required kind must be met, so one kind selects the candidates. A kind without wildcards is met only by equal names.
        IGrouping<SanKind, SanRequirementItem>? exact = alternative.Find<SanOption>()?.Requirement.Items
            .GroupBy(item => item.Kind).FirstOrDefault(kind => !kind.Any(item => item.HasWildcard));
        if (exact is not null)
            return exact.SelectMany(item => Get(_bySan, GetKey(item.Kind, item.Value)));
        return alternative.Find<IssuerOption>() is { } issuer ? Get(_byIssuer, issuer.Name) : _all;
    }

    // The index ignores case for each kind, because DNS names and the domains of email addresses do.
    private static string GetKey(SanKind kind, string? value) => $"{kind}:{value}";

    private static void Add<T>(Dictionary<T, List<FolderCertificate>> index, T key, FolderCertificate certificate)
        where T : notnull
    {
        if (!index.TryGetValue(key, out List<FolderCertificate>? list))
            index[key] = list = [];
        list.Add(certificate);
    }

    private static List<FolderCertificate> Get<T>(Dictionary<T, List<FolderCertificate>> index, T key)
        where T : notnull => index.GetValueOrDefault(key) ?? [];
}
