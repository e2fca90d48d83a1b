using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;

namespace CertAuth.Tool.Planning;

/// <summary>Finds the certificates that may meet a requirement, without asking each: those that surely don't aren't among them.</summary>
internal sealed class CertificateIndex
{
    private readonly IReadOnlyList<FolderCertificate> _all;
    private readonly Dictionary<string, List<FolderCertificate>> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FolderCertificate>> _byIssuer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FolderCertificate>> _bySan = new(StringComparer.Ordinal);

    internal CertificateIndex(IReadOnlyList<FolderCertificate> certificates)
    {
        _all = certificates;
        foreach (FolderCertificate certificate in certificates)
        {
            // The canonical form is injective, and a malformed name meets nothing.
            ClientCertificate leaf = certificate.Content.Leaf;
            if (leaf.TryGetSubject(out DistinguishedName? subject, out _))
                Add(_bySubject, KeyOf(subject), certificate);
            if (leaf.TryGetIssuer(out DistinguishedName? issuer, out _))
                Add(_byIssuer, KeyOf(issuer), certificate);
            foreach (string key in leaf.GetSubjectAlternativeNames().Select(name => KeyOf(name.Kind, name.Value)).Distinct())
                Add(_bySan, key, certificate);
        }
    }

    internal IEnumerable<FolderCertificate> Find(LoginRequirement requirement)
    {
        if (requirement.Subject is { } subject)
            return Get(_bySubject, KeyOf(subject));

        // Each kind that is named must be met; a kind without wildcards is met by one of the very names.
        IGrouping<SanKind, SanRequirementItem>? exact = requirement.San?.Items.GroupBy(item => item.Kind).FirstOrDefault(kind => !kind.Any(item => item.HasWildcard));
        if (exact is not null)
            return exact.SelectMany(item => Get(_bySan, KeyOf(item.Kind, item.Value))).Distinct();
        return requirement.Issuer is { } issuer ? Get(_byIssuer, KeyOf(issuer)) : _all;
    }

    // Attributes within one RDN are a set: their order is no difference, but stands in the text.
    private static string KeyOf(DistinguishedName name) =>
        name.Rdns.All(rdn => rdn.Attributes.Length == 1) ? name.ToString() : string.Concat(name.Rdns.Select(rdn => $"/{string.Join('+', rdn.Attributes.Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal))}"));

    private static string KeyOf(SanKind kind, string? value) => kind == SanKind.Dns ? $"{kind}:{value?.ToLowerInvariant()}" : $"{kind}:{value}";

    private static void Add(Dictionary<string, List<FolderCertificate>> index, string key, FolderCertificate certificate)
    {
        if (!index.TryGetValue(key, out List<FolderCertificate>? list))
            index[key] = list = [];
        list.Add(certificate);
    }

    private static List<FolderCertificate> Get(Dictionary<string, List<FolderCertificate>> index, string key) => index.GetValueOrDefault(key) ?? [];
}
