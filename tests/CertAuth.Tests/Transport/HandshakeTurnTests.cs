using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using CertAuth.Tls;
using CertAuth.Transport;

namespace CertAuth.Tests.Transport;

/// <summary>The attack: handshakes of one address that compute for a long time, with keys that the peer chose, occupy every
/// processor.</summary>
/// <remarks>In these tests, a handshake computes from the end of a read to the start of the next one.</remarks>
public sealed class HandshakeTurnTests
{
    private static readonly int s_turns = Math.Max(1, Environment.ProcessorCount / 2);
    private static readonly IPEndPoint s_hostile = new(IPAddress.Parse("192.0.2.1"), 1), s_other = new(IPAddress.Parse("192.0.2.2"), 1);

    private readonly HandshakeLimiter _limiter = new(s_turns + 2, TimeProvider.System);
    private readonly List<Handshake> _handshakes = [];

    public static TheoryData<bool> Transports => [false, true];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Transports))]
    public async Task Handshakes_OfOneAddress_LeaveProcessorsToOthers(bool isPipe)
    {
        Handshake[] computing = await StartComputingAsync(isPipe);
        Handshake late = await StartAsync(s_hostile, isPipe), other = await StartAsync(s_other, isPipe);

        Task lateRead = late.ReceiveAsync();
        await other.ReceiveAsync();
        lateRead.IsCompleted.Should().BeFalse();

        // One of the others waits for its peer again and no longer computes.
        _ = computing[0].ReadAsync();
        await lateRead;
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task Handshake_ReturnsItsTurn_WhenItEnds(bool isPipe)
    {
        Handshake[] computing = await StartComputingAsync(isPipe);
        Handshake late = await StartAsync(s_hostile, isPipe);
        Task lateRead = late.ReceiveAsync();
        lateRead.IsCompleted.Should().BeFalse();

        computing[0].Permit.Dispose();

        await lateRead;
    }

    // The attack: peers that send nothing, or read nothing, hold turns that others wait for.
    [Theory, MemberData(nameof(Transports))]
    public async Task Handshakes_ThatWaitForTheirPeer_HoldNoTurn(bool isPipe)
    {
        for (int i = 0; i < s_turns; i++)
            _ = (await StartAsync(s_hostile, isPipe)).ReadAsync();
        Handshake blocked = await StartAsync(s_hostile, isPipe);
        await blocked.ReceiveAsync();
        Task write = blocked.WriteAsync();
        write.IsCompleted.Should().BeFalse();

        await (await StartAsync(s_hostile, isPipe)).ReceiveAsync();
    }

    // After its last message, .NET builds a chain of the certificates that the peer sent.
    [Theory, MemberData(nameof(Transports))]
    public async Task Handshake_ComputesOnlyInTurn_AfterAWrite(bool isPipe)
    {
        Handshake[] computing = await StartComputingAsync(isPipe);
        Handshake late = await StartAsync(s_hostile, isPipe, pauseWriterThreshold: 0);

        Task write = late.WriteAsync();
        write.IsCompleted.Should().BeFalse();
        _ = computing[0].ReadAsync();
        await write;
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task Transport_NeedsNoTurn_AfterTheHandshake(bool isPipe)
    {
        await StartComputingAsync(isPipe);
        Handshake late = await StartAsync(s_hostile, isPipe, pauseWriterThreshold: 0);
        late.Permit.Dispose();

        await FluentActions.Awaiting(() => late.ReceiveAsync()).Should().NotThrowAsync();
        await FluentActions.Awaiting(late.WriteAsync).Should().NotThrowAsync();
    }

    // The flush of a transport that buffers can wait for the peer.
    [Fact]
    public async Task Handshake_ThatFlushes_HoldsNoTurn()
    {
        Handshake[] computing = await StartComputingAsync(isPipe: false);
        Handshake late = await StartAsync(s_hostile, isPipe: false);
        Task lateRead = late.ReceiveAsync();
        lateRead.IsCompleted.Should().BeFalse();

        Task flush = computing[0].FlushAsync();
        await lateRead;

        flush.IsCompleted.Should().BeFalse();
        late.Permit.Dispose();
        await flush;
    }

    // SslStream first reads into an empty buffer, so that it needs no buffer while it waits. There is nothing to compute yet.
    [Fact]
    public async Task Handshake_NeedsNoTurn_WhenItReadsIntoAnEmptyBuffer()
    {
        await StartComputingAsync(isPipe: false);
        Handshake late = await StartAsync(s_hostile, isPipe: false);

        await FluentActions.Awaiting(late.PeekAsync).Should().NotThrowAsync();
    }

    // The attack: connections that stay open keep the limits of their addresses in memory after the handshake.
    [Fact]
    public void End_ReleasesTheLimits()
    {
        (HandshakeTurn turn, WeakReference limits) = CreateTurn();

        turn.End();

        GC.Collect();
        limits.IsAlive.Should().BeFalse();
        turn.IsHandshakeOver.Should().BeTrue();
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task Cancellation_EndsTheWaitForATurn_AndLosesNoTurn(bool isPipe)
    {
        Handshake[] computing = await StartComputingAsync(isPipe);
        Handshake late = await StartAsync(s_hostile, isPipe), next = await StartAsync(s_hostile, isPipe);
        using CancellationTokenSource canceled = new();
        Task waiting = late.ReceiveAsync(canceled);

        await canceled.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();

        Task nextRead = next.ReceiveAsync();
        nextRead.IsCompleted.Should().BeFalse();
        computing[0].Permit.Dispose();
        await nextRead;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (HandshakeTurn Turn, WeakReference Limits) CreateTurn()
    {
        AddressLimits limits = new(s_other.Address, maxHandshakes: 1);
        return (new(limits.Turns), new(limits.Turns));
    }

    private async Task<Handshake[]> StartComputingAsync(bool isPipe)
    {
        for (int i = 0; i < s_turns; i++)
            await (await StartAsync(s_hostile, isPipe)).ReceiveAsync();
        return [.. _handshakes];
    }

    private async Task<Handshake> StartAsync(IPEndPoint peer, bool isPipe, long pauseWriterThreshold = 1)
    {
        HandshakePermit? permit = await _limiter.AcquireAsync(peer, Cancellation);
        permit.Should().NotBeNull();
        Handshake handshake = new(permit!, isPipe, pauseWriterThreshold);
        _handshakes.Add(handshake);
        return handshake;
    }

    /// <summary>A handshake over pipes; the test is the peer.</summary>
    private sealed class Handshake
    {
        private readonly Pipe _fromPeer = new();
        private readonly Pipe _toPeer;
        private readonly Stream? _stream;
        private readonly IDuplexPipe? _pipe;

        internal Handshake(HandshakePermit permit, bool isPipe, long pauseWriterThreshold)
        {
            Permit = permit;
            _toPeer = new(new(pauseWriterThreshold: pauseWriterThreshold, resumeWriterThreshold: Math.Min(1, pauseWriterThreshold)));
            if (isPipe)
                _pipe = permit.Wrap(new TwoWayPipe(_fromPeer.Reader, _toPeer.Writer));
            else
                _stream = permit.Wrap(new DuplexPipeStream(_fromPeer.Reader, _toPeer.Writer));
        }

        internal HandshakePermit Permit { get; }

        /// <summary>Sends a byte as the peer, and reads it as the handshake.</summary>
        internal async Task ReceiveAsync(CancellationTokenSource? canceled = null)
        {
            await _fromPeer.Writer.WriteAsync(new byte[1], Cancellation);
            await ReadAsync(canceled);
        }

        internal async Task ReadAsync(CancellationTokenSource? canceled = null)
        {
            CancellationToken cancellation = canceled?.Token ?? Cancellation;
            if (_stream is not null)
            {
                (await _stream.ReadAsync(new byte[1], cancellation)).Should().Be(1);
                return;
            }

            ReadResult result = await _pipe!.Input.ReadAsync(cancellation);
            _pipe.Input.AdvanceTo(result.Buffer.End);
        }

        internal Task FlushAsync() => _stream!.FlushAsync(Cancellation);

        /// <summary>Sends a byte as the peer, and waits for it as the handshake, without reading it.</summary>
        internal async Task PeekAsync()
        {
            await _fromPeer.Writer.WriteAsync(new byte[1], Cancellation);
            (await _stream!.ReadAsync(Memory<byte>.Empty, Cancellation)).Should().Be(0);
        }

        internal async Task WriteAsync()
        {
            if (_stream is not null)
                await _stream.WriteAsync(new byte[1], Cancellation);
            else
                await _pipe!.Output.WriteAsync(new byte[1], Cancellation);
        }
    }

    private sealed record TwoWayPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
