using System.Net;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>A client that sends one byte at a time, so that its login is never complete.</summary>
internal static class SlowClient
{
    private const int HelloBytes = 512;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects a client and brings it to the stage.</summary>
    internal static async Task<RawClient> ConnectAsync(Deployment deployment, Site site, SlowStage stage, IPAddress? from = null)
    {
        RawClient client = await RawClient.ConnectAsync(deployment.Address, from);
        if (stage == SlowStage.LoginOverTls)
            await client.EncryptAsync(site.Folder, "u1");
        else if (stage != SlowStage.Login)
            await client.SendSslRequestAsync();
        return client;
    }

    /// <summary>Sends bytes slowly until the server closes the connection. Returns false if it is still open after the last byte.</summary>
    internal static async Task<bool> SendSlowlyAsync(RawClient client, SlowStage stage)
    {
        using CancellationTokenSource closed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<bool> watching = IsClosedAsync(client, closed);
        try
        {
            foreach (byte b in Bytes(stage))
            {
                if (stage != SlowStage.SilentAfterSslRequest)
                    await client.Stream.WriteAsync(new[] { b }, closed.Token);
                await Task.Delay(s_pause, closed.Token);
            }

            await closed.CancelAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The server has closed the connection, as the other task observes.
        }

        return await watching;
    }

    // Only the end of the stream is expected. Any answer would mean that the server accepted the client's data.
    private static async Task<bool> IsClosedAsync(RawClient client, CancellationTokenSource closed)
    {
        try
        {
            bool ended = await client.Stream.ReadAsync(new byte[1], closed.Token) == 0;
            await closed.CancelAsync();
            return ended;
        }
        catch (IOException)
        {
            await closed.CancelAsync();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Sending all bytes of a stage takes two minutes.
    private static byte[] Bytes(SlowStage stage)
    {
        // A TLS record with the header of a ClientHello, followed by zeros.
        if (stage is SlowStage.Hello or SlowStage.SilentAfterSslRequest)
            return [0x16, 3, 1, HelloBytes >> 8, 0, 1, 0, (HelloBytes >> 8) - 1, 0xFC, 3, 3, .. new byte[HelloBytes - 6]];
        CertAuth.Forwarding.ConnectionAttribute filler = new("filler", new string('x', HelloBytes));
        byte[] login = LoginPackets.Response("u1", filler).Write();
        return [(byte)login.Length, (byte)(login.Length >> 8), 0, (byte)(stage == SlowStage.LoginOverTls ? 2 : 1), .. login];
    }
}
