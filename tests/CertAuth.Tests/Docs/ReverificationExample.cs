namespace CertAuth.Tests.Docs;

/// <summary>The example of docs/trust.md. <see cref="PageExampleTests"/> compares the region with the page.</summary>
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
