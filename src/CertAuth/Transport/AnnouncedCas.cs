using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CertAuth.Trust;

namespace CertAuth.Transport;

/// <summary>A server certificate's context that also names the trusted CAs to clients (RFC 8446, 4.2.4), for one certificate and one bundle.</summary>
internal sealed record AnnouncedCas(ServerCertificate Server, TrustBundle Bundle, SslStreamCertificateContext Context)
{
    internal static AnnouncedCas Create(ServerCertificate server, TrustBundle bundle)
    {
        X509Certificate2Collection cas = [.. bundle.Anchors.Select(a => X509CertificateLoader.LoadCertificate(a.Certificate.Der.Span))];
        return new(server, bundle, server.CreateContext(SslCertificateTrust.CreateForX509Collection(cas, sendTrustInHandshake: true)));
    }

    internal bool IsFor(ServerCertificate server, TrustBundle bundle) => ReferenceEquals(Server, server) && ReferenceEquals(Bundle, bundle);
}
