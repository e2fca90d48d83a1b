using CertAuth.Tests.Support;

namespace CertAuth.Tests.Names;

/// <summary>names.json: certificates with odd subjects, and what OpenSSL prints for each.</summary>
internal sealed record NameVector(
    string Id, string Desc, byte[] DerB64, bool Parses, string? SubjectOneline, string? IssuerOneline, string? SubjectSeedSed,
    IReadOnlyList<IReadOnlyList<NameVectorAttribute>>? SubjectStructure)
{
    internal static VectorFile<NameVector> File { get; } = new("names.json", vector => vector.Id);

    internal byte[] Subject => CertificateParts.Subject(DerB64);
}

internal sealed record NameVectorAttribute(string Oid, byte Tag, byte[] ValueB64);
