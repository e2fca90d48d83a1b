using System.Net.Security;

namespace CertAuth.Tls;

/// <summary>A handshake with a server certificate, within the process: what the platform won't work with (a signature that it thinks weak, say) it
/// refuses only then, and at every login.</summary>
internal static class TrialHandshake
{
    private const string AnyHost = "localhost";

    /// <summary>Why there can be no handshake; null where there can.</summary>
    internal static string? FindFault(ServerCertificate certificate)
    {
        (DuplexPipeStream serverEnd, DuplexPipeStream clientEnd) = DuplexPipeStream.CreatePair();
        using SslStream server = new(serverEnd);
        using SslStream client = new(clientEnd);
        Task accepting = server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context });
        Task connecting = client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = AnyHost,
            CertificateChainPolicy = InertChainPolicy.Create(),

            // The question is whether the server can use it, not whether a client trusts it.
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
        });

        // Each end goes on where the other writes, on this thread: now both have come as far as they can.
        Observe(connecting);
        Observe(accepting);
        if (accepting.IsCompletedSuccessfully)
            return null;
        return accepting.Exception is { InnerException: { } fault } ? (fault.InnerException ?? fault).Message : "The handshake doesn't end.";
    }

    // An end that is left alone faults when its stream is disposed.
    private static void Observe(Task task) => task.ContinueWith(
        t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
