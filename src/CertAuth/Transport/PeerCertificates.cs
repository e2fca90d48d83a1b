using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Transport;

/// <summary>The certificates that a peer sent beside its own, out of the chain of SslStream's callback.</summary>
internal static class PeerCertificates
{
    /// <summary>Copies the DER and disposes of the certificates, which nobody else does: they leak native memory at each handshake.</summary>
    internal static ReadOnlyMemory<byte>[] ExtractIntermediates(X509Chain chain)
    {
        X509Certificate2Collection sent = chain.ChainPolicy.ExtraStore;
        ReadOnlyMemory<byte>[] copies = [.. sent.Select(c => (ReadOnlyMemory<byte>)c.RawData)];
        foreach (X509Certificate2 certificate in sent)
            certificate.Dispose();
        sent.Clear();

        foreach (X509ChainElement element in chain.ChainElements)
            element.Certificate.Dispose();
        return copies;
    }
}
