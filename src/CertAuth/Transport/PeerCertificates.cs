using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Transport;

/// <summary>Extracts the intermediates that a peer sent from the chain of the validation callback of
/// <see cref="System.Net.Security.SslStream"/>.</summary>
internal static class PeerCertificates
{
    /// <summary>Returns copies of the DER and disposes the certificates, which .NET does not do: otherwise each handshake would leak native
    /// memory.</summary>
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
