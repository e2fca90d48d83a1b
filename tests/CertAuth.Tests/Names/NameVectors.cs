using CertAuth.Tests.Support;

namespace CertAuth.Tests.Names;

/// <summary>names.json: certificates with odd subjects, and what OpenSSL prints for each.</summary>
internal sealed record NameVector(
    string Id, string Desc, byte[] DerB64, bool Parses, string? SubjectOneline, string? IssuerOneline, string? SubjectSeedSed,
    IReadOnlyList<IReadOnlyList<NameVectorAttribute>>? SubjectStructure)
{
    internal static VectorFile<NameVector> File { get; } = new("names.json", vector => vector.Id);

    internal byte[] Subject => CertificateParts.Subject(DerB64);

    internal byte[] Issuer => CertificateParts.Issuer(DerB64);
}

internal sealed record NameVectorAttribute(string Oid, byte Tag, byte[] ValueB64);

/// <summary>names_collisions.json: different names that OpenSSL 3 prints alike. Some ids are not in names.json.</summary>
internal sealed record NameCollision(string Oneline, IReadOnlyList<string> Ids)
{
    internal static VectorFile<NameCollision> File { get; } = new("names_collisions.json", group => group.Ids[0]);
}
