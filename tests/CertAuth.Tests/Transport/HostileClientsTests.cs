using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CertAuth.Transport;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Transport;

/// <summary>The attack: many clients of one address begin handshakes and do not complete them. Each handshake can cost the server nearly a
/// second.</summary>
public sealed class HostileClientsTests : IDisposable
{
    private const int Clients = 40, Max = 16;
    private static readonly IPAddress s_hostile = IPAddress.Parse("127.0.0.2");
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TestCertificateAuthority s_root = TestCertificateAuthority.Create(TestName.Of(("CN", "root")));

    private readonly FixedClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task<TlsAcceptResult>> _hostile = [];
    private readonly List<TcpClient> _clients = [];
    private readonly ServerTls _tls;
    private int _inside, _maxInside;

    public HostileClientsTests()
    {
        _tls = new(new()
        {
            ServerCertificate = Source.Fixed(Loopback.ServerCertificate),
            ClientTrust = Source.Fixed(Bundle(s_root.Certificate)),
            TimeProvider = _clock,
        });
        _listener.Start(2 * Clients);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IPEndPoint Server => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _listener.Dispose();
        _tls.Dispose();
    }

    [Fact]
    public async Task HalfOpenHandshakes_OfOneAddress_DoNotAffectOtherAddresses()
    {
        for (int i = 0; i < Clients; i++)
            _hostile.Add(await StartHalfOpenAsync());
        await Eventually.HoldsAsync(() => Volatile.Read(ref _inside) == Max);

        // Meanwhile, a client of another address succeeds, and no hostile handshake has ended.
        (await LogInAsync(IPAddress.Loopback)).Succeeded.Should().BeTrue();
        _hostile.Count(task => task.IsCompleted).Should().Be(0);

        // After two seconds, handshakes that wait are rejected; after ten seconds, those that do not continue.
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => _hostile.Count(task => task.IsCompleted) == Clients - Max);
        TlsAcceptResult[] waited = await Task.WhenAll(_hostile.Where(task => task.IsCompleted));
        waited.Should().OnlyContain(result => result.Rejection!.Kind == HandshakeRejectionKind.TooManyHandshakes);
        waited[0].Rejection!.ToString().Should()
            .Be("The address of the client has 16 handshakes in progress, which is the maximum, and none of them ended in time. "
                + "If many clients share the address, increase MaxHandshakesPerAddress.");

        _clock.Advance(TimeSpan.FromSeconds(8));
        TlsAcceptResult[] results = await Task.WhenAll(_hostile).WaitAsync(s_limit, Cancellation);
        results.Count(result => result.Rejection!.Kind == HandshakeRejectionKind.TimedOut).Should().Be(Max);
        _maxInside.Should().Be(Max);
        _tls.Handshakes.AddressCount.Should().Be(0);

        // All permits are released, so a client of the address succeeds again.
        (await LogInAsync(s_hostile)).Succeeded.Should().BeTrue();
    }

    // Starts a handshake of which the client sends only the ClientHello.
    private async Task<Task<TlsAcceptResult>> StartHalfOpenAsync()
    {
        (TcpClient client, TcpClient server) = await ConnectAsync(s_hostile);
        SslStream stream = new(new SendOnlyStream(client.GetStream()));
        _ = stream.AuthenticateAsClientAsync(Loopback.ClientOptions(SslProtocols.Tls13, certificate: null), Cancellation)
            .ContinueWith(task => task.Exception, Cancellation, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return AcceptAsync(server);
    }

    private async Task<TlsAcceptResult> LogInAsync(IPAddress address)
    {
        (TcpClient client, TcpClient server) = await ConnectAsync(address);
        Task<TlsAcceptResult> accepting = AcceptAsync(server);
        await using SslStream stream = new(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            Loopback.ClientOptions(SslProtocols.Tls13, s_root.IssueClient(TestName.Of(("CN", "alice")))), Cancellation);
        return await accepting.WaitAsync(s_limit, Cancellation);
    }

    private Task<TlsAcceptResult> AcceptAsync(TcpClient server)
    {
        EndPoint peer = server.Client.RemoteEndPoint!;
        Stream transport = server.GetStream();
        if (((IPEndPoint)peer).Address.Equals(s_hostile))
            transport = new CountingStream(transport, Enter, () => Interlocked.Decrement(ref _inside));
        return _tls.AcceptAsync(transport, peer, Cancellation);

        void Enter()
        {
            int inside = Interlocked.Increment(ref _inside);
            for (int max = _maxInside; inside > max; max = _maxInside)
                Interlocked.CompareExchange(ref _maxInside, inside, max);
        }
    }

    private async Task<(TcpClient Client, TcpClient Server)> ConnectAsync(IPAddress address)
    {
        TcpClient client;
        try
        {
            client = new(new IPEndPoint(address, 0));
        }
        catch (SocketException)
        {
            Assert.Skip($"This machine's loopback does not have the address {address}.");
            throw;
        }

        await client.ConnectAsync(Server, Cancellation);
        TcpClient server = await _listener.AcceptTcpClientAsync(Cancellation);
        _clients.AddRange([client, server]);
        return (client, server);
    }

    /// <summary>Reports the first read and the end of a transport.</summary>
    private sealed class CountingStream(Stream transport, Action enter, Action leave) : WrappedStream(transport)
    {
        private int _state;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Interlocked.CompareExchange(ref _state, 1, 0) == 0)
                enter();
            return base.ReadAsync(buffer, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref _state, 2) == 1)
                leave();
            base.Dispose(disposing);
        }
    }
}
