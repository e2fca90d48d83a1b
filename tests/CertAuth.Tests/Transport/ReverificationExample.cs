namespace CertAuth.Tests.Transport;

/// <summary>The code that docs/trust.md shows. A test compares the region with the page.</summary>
internal static class ReverificationExample
{
    internal static Rejection? Check(ServerTls tls, ref TlsConnectionInfo facts)
    {
        #region reverify
        if (!tls.TryReverify(facts, out TlsConnectionInfo? current, out Rejection? rejection))
            return rejection; // Log it, answer with ClientError, and close the connection.
        facts = current;      // The facts for this login.
        #endregion
        return null;
    }
}
