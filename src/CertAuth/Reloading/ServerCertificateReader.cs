using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Tls;

namespace CertAuth.Reloading;

/// <summary>Reads a server certificate and its private key.</summary>
internal sealed class ServerCertificateReader(string certificateFile, string keyFile) : IMaterialReader<ServerCertificate>
{
    public string Kind => "server-certificate";

    public int MaxBytes => KeyBounds.MaxFileBytes;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<ServerCertificate>? material,
        [NotNullWhen(false)] out string? problem)
    {
        bool isRead = ServerCertificate.TryParse(files[0].Span, files[1].Span, out ServerCertificate? certificate, out KeyPairError error);
        material = isRead ? CertificateMaterial.Create(certificate!, certificate!.Parsed!) : null;
        problem = isRead ? null : error.ToString(certificateFile, keyFile);
        return isRead;
    }
}
