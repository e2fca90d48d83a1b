using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Keys;
using CertAuth.Signing;

namespace CertAuth.Reloading;

/// <summary>Reads a signing certificate and its private key.</summary>
internal sealed class SigningKeyPairReader(string certificateFile, string keyFile) : IMaterialReader<SigningKeyPair>
{
    public string Kind => "signing-key-pair";

    public int MaxBytes => KeyBounds.MaxFileBytes;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<SigningKeyPair>? material,
        [NotNullWhen(false)] out string? problem)
    {
        bool isRead = SigningKeyPair.TryParseAt(files[0].Span, files[1].Span, now, out SigningKeyPair? pair, out KeyPairError error);
        material = isRead ? CertificateMaterial.Create(pair!, pair!.Certificate) : null;
        problem = isRead ? null : error.ToString(certificateFile, keyFile);
        return isRead;
    }
}
