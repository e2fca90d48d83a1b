using CertAuth.Tls;
using CertAuth.Transport;

namespace CertAuth.Tests.Transport;

/// <summary>What docs/trust.md shows; the region is compared with the page.</summary>
internal static class ReverificationExample
{
    internal static Refusal? Check(ClientCertificateTls tls, ref TlsConnectionInfo facts)
    {
        #region reverify
        if (!tls.TryReverify(facts, out TlsConnectionInfo? current, out Refusal? rejection))
            return rejection; // Log it, answer with ClientError, and close the connection.
        facts = current;      // The facts for this login.
        #endregion
        return null;
    }
}
