using System.Net.Security;

namespace CertAuth.Tls;

/// <summary>Performs a handshake within the process to find out whether the platform can use a server certificate.</summary>
/// <remarks>The platform rejects some certificates, such as those with a signature that it considers weak, only during a handshake. Without
/// this check, such a certificate could be loaded, and every connection would fail.</remarks>
internal static class TrialHandshake
{
    private const string AnyHost = "localhost";

    /// <summary>Returns the reason why the handshake failed; null if it succeeded.</summary>
    internal static string? FindProblem(SslStreamCertificateContext certificate)
    {
        (DuplexPipeStream serverEnd, DuplexPipeStream clientEnd) = DuplexPipeStream.CreatePair();
        using SslStream server = new(serverEnd);
        using SslStream client = new(clientEnd);
        Task accepting = server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate });
        Task connecting = client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = AnyHost,
            CertificateChainPolicy = InertChainPolicy.Create(),

            // Only whether the server can use the certificate matters, not whether a client trusts it.
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
        });

        // Each end continues on this thread when the other end writes, so both handshakes are complete or cannot continue.
        ObserveException(connecting);
        ObserveException(accepting);
        if (accepting.IsCompletedSuccessfully)
            return null;
        return accepting.Exception is { InnerException: { } cause }
            ? (cause.InnerException ?? cause).Message
            : "The handshake did not complete.";
    }

    // A task that is still running fails when its stream is disposed; its exception would otherwise be unobserved.
    private static void ObserveException(Task task) => task.ContinueWith(
        t => t.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
