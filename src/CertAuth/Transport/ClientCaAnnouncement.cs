using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>A server certificate's context that also names the trusted CAs to clients (RFC 8446, 4.2.4), for one certificate and one bundle.</summary>
internal sealed record ClientCaAnnouncement(ServerCertificate Server, TrustBundle Bundle, SslStreamCertificateContext Context)
{
    /// <summary>Most octets of all names together. TLS has room for 65,535; each handshake carries them.</summary>
    internal const int MaxBytes = 32 * 1024;

    // RFC 5246, 7.4.4: each name has its length before it.
    private const int LengthBytes = 2;

    /// <summary>Names each CA once, and none at all where they are too many: an empty list asks for any certificate.</summary>
    internal static ClientCaAnnouncement Create(ServerCertificate server, TrustBundle bundle)
    {
        TrustAnchor[] cas = [.. bundle.IssuingAnchors.DistinctBy(a => Convert.ToHexString(a.Certificate.SubjectDer.Span))];
        bool fits = cas.Sum(a => a.Certificate.SubjectDer.Length + LengthBytes) <= MaxBytes;
        X509Certificate2Collection loaded = fits ? [.. cas.Select(LoadOrNull).OfType<X509Certificate2>()] : [];
        return loaded.Count == 0
            ? new(server, bundle, server.Context)
            : new(server, bundle, server.CreateContext(SslCertificateTrust.CreateForX509Collection(loaded, sendTrustInHandshake: true)));
    }

    internal bool IsFor(ServerCertificate server, TrustBundle bundle) => ReferenceEquals(Server, server) && ReferenceEquals(Bundle, bundle);

    // .NET refuses some names that stand in certificates: such a CA isn't named, and is trusted all the same.
    private static X509Certificate2? LoadOrNull(TrustAnchor anchor)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(anchor.Certificate.Der.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
