namespace CertAuth.Tests.Names;

/// <summary>A row of names.json: a certificate with an unusual subject, and what OpenSSL prints for it.</summary>
internal sealed record NameVector(
    string Id, string Desc, byte[] DerB64, bool Parses, string? SubjectOneline, string? IssuerOneline, string? SubjectSeedSed,
    IReadOnlyList<IReadOnlyList<NameVectorAttribute>>? SubjectStructure)
{
    internal static VectorFile<NameVector> File { get; } = new("names.json", vector => vector.Id);

    internal byte[] Subject => CertificateParts.Subject(DerB64);

    internal byte[] Issuer => CertificateParts.Issuer(DerB64);
}
