using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>The context of a server certificate that also sends the names of the trusted CAs to clients (RFC 8446, 4.2.4).</summary>
/// <param name="Server">The certificate that the context is for.</param>
/// <param name="Bundle">The bundle that the context is for.</param>
/// <param name="Context">The context.</param>
internal sealed record ClientCaAnnouncement(ServerCertificate Server, TrustBundle Bundle, SslStreamCertificateContext Context)
{
    // RFC 5246, 7.4.4: the length of each name precedes it.
    private const int LengthBytes = 2;

    /// <summary>Creates a context that sends the name of each CA. If the names exceed <see cref="TransportBounds.MaxCaNamesBytes"/>, the
    /// context sends none, which means that the client may send any certificate.</summary>
    internal static ClientCaAnnouncement Create(ServerCertificate server, TrustBundle bundle)
    {
        TrustAnchor[] cas = [.. bundle.IssuingAnchors.DistinctBy(a => Convert.ToHexString(a.Certificate.SubjectDer.Span))];
        bool fits = cas.Sum(a => a.Certificate.SubjectDer.Length + LengthBytes) <= TransportBounds.MaxCaNamesBytes;
        X509Certificate2Collection loaded = fits ? [.. cas.Select(LoadOrNull).OfType<X509Certificate2>()] : [];
        return loaded.Count == 0
            ? new(server, bundle, server.Context)
            : new(server, bundle, server.CreateContext(SslCertificateTrust.CreateForX509Collection(loaded, sendTrustInHandshake: true)));
    }

    internal bool IsFor(ServerCertificate server, TrustBundle bundle) => ReferenceEquals(Server, server) && ReferenceEquals(Bundle, bundle);

    // .NET cannot load some certificates that CertAuth trusts. The name of such a CA is not sent; the CA is still trusted.
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
