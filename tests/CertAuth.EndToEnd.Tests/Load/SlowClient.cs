using System.Net;
using CertAuth.EndToEnd.Tests.Protocol;
using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>How far a slow client goes at full speed before it drips.</summary>
public enum SlowStage
{
    /// <summary>Its login drips, in clear text.</summary>
    Login = 1,

    /// <summary>It asks for TLS, and says nothing more.</summary>
    SilentAfterSslRequest = 2,

    /// <summary>It asks for TLS, and its hello drips.</summary>
    Hello = 3,

    /// <summary>It speaks TLS, and its login drips in it.</summary>
    LoginOverTls = 4,
}

/// <summary>A client that sends an byte every so often, so that it is always about to log in.</summary>
internal static class SlowClient
{
    private const int HelloBytes = 512;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets as far as the stage.</summary>
    internal static async Task<RawClient> ConnectAsync(Front front, Site site, SlowStage stage, IPAddress? from = null)
    {
        (RawClient client, _) = await RawClient.ConnectAsync(front.Address, from);
        if (stage == SlowStage.LoginOverTls)
            await client.EncryptAsync(site.Folder, "u1");
        else if (stage != SlowStage.Login)
            await client.SendSslRequestAsync();
        return client;
    }

    /// <summary>Drips until it is closed; false where nobody closed it before it had sent everything.</summary>
    internal static async Task<bool> DripAsync(RawClient client, SlowStage stage)
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
            // Closed, as it ought to be; watching knows.
        }

        return await watching;
    }

    // Nothing is expected but the end: an answer would say that it was taken for a client like others.
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

    // Each is whole after two minutes.
    private static byte[] Bytes(SlowStage stage)
    {
        // A record of TLS that announces a ClientHello; zeros follow.
        if (stage is SlowStage.Hello or SlowStage.SilentAfterSslRequest)
            return [0x16, 3, 1, HelloBytes >> 8, 0, 1, 0, (HelloBytes >> 8) - 1, 0xFC, 3, 3, .. new byte[HelloBytes - 6]];
        byte[] login = LoginPackets.Response("u1", new CertAuth.Forwarding.ConnectionAttribute("filler", new string('x', HelloBytes))).Write();
        return [(byte)login.Length, (byte)(login.Length >> 8), 0, (byte)(stage == SlowStage.LoginOverTls ? 2 : 1), .. login];
    }
}
