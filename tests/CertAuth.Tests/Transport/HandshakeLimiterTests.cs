using System.Net;
using CertAuth.Transport;

namespace CertAuth.Tests.Transport;

/// <summary>The permits for handshakes of each peer address.</summary>
public sealed class HandshakeLimiterTests
{
    private const int Max = 3;

    private readonly FixedClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HandshakeLimiter _limiter;

    public HandshakeLimiterTests() => _limiter = new(Max, _clock);

    [Fact]
    public async Task AcquireAsync_LimitsThePermitsOfEachAddress()
    {
        HandshakePermit[] held = await FillAsync("192.0.2.1");

        (await AcquireAsync("192.0.2.2")).Should().NotBeNull();
        (await _clock.RunAsync(AcquireAsync("192.0.2.1"), TransportBounds.MaxPermitWait)).Should().BeNull();

        held[0].Dispose();
        (await AcquireAsync("192.0.2.1")).Should().NotBeNull();
    }

    [Fact]
    public async Task AcquireAsync_WaitsTwoSeconds()
    {
        await FillAsync("192.0.2.1");
        Task<HandshakePermit?> waiting = AcquireAsync("192.0.2.1");

        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(100));
        waiting.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        (await waiting).Should().BeNull();
    }

    [Fact]
    public async Task AcquireAsync_GivesAFreedPermitToTheOldestWaiter()
    {
        HandshakePermit[] held = await FillAsync("192.0.2.1");
        Task<HandshakePermit?> first = AcquireAsync("192.0.2.1"), second = AcquireAsync("192.0.2.1");

        held[0].Dispose();

        (await first).Should().NotBeNull();
        second.IsCompleted.Should().BeFalse();
    }

    // An IPv4-mapped address counts as IPv4. An IPv6 address counts by its /64, because a host chooses the other bits freely.
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("fe80::1%1", "fe80::2%2", true)]
    [InlineData("127.0.0.1", "::1", false)]
    public async Task AcquireAsync_CountsIpv4AddressesAndIpv6Networks(string first, string second, bool isSameAddress)
    {
        await FillAsync(first);

        HandshakePermit? permit = await _clock.RunAsync(AcquireAsync(second), TransportBounds.MaxPermitWait);

        (permit is null).Should().Be(isSameAddress);
    }

    [Fact]
    public async Task AcquireAsync_DoesNotLimitAPeerWithoutAnAddress()
    {
        for (int i = 0; i < 5 * Max; i++)
            (await _limiter.AcquireAsync(null, TestContext.Current.CancellationToken)).Should().NotBeNull();

        (await _limiter.AcquireAsync(new DnsEndPoint("client.test", 1), TestContext.Current.CancellationToken)).Should().NotBeNull();
        _limiter.AddressCount.Should().Be(0);
    }

    [Fact]
    public async Task AcquireAsync_ThrowsAndStopsWaiting_WhenItIsCanceled()
    {
        HandshakePermit[] held = await FillAsync("192.0.2.1");
        using CancellationTokenSource canceled = new();
        Task<HandshakePermit?> waiting = _limiter.AcquireAsync(CreateEndPoint("192.0.2.1"), canceled.Token).AsTask();

        await canceled.CancelAsync();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        Array.ForEach(held, permit => permit.Dispose());
        _limiter.AddressCount.Should().Be(0);
    }

    // The attack: connections from many addresses fill the memory.
    [Fact]
    public async Task Dispose_FreesTheMemoryOfTheAddress()
    {
        for (int i = 0; i < 10_000; i++)
        {
            using HandshakePermit? permit = await AcquireAsync($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}");
            _limiter.AddressCount.Should().Be(1);
        }

        _limiter.AddressCount.Should().Be(0);
    }

    [Fact]
    public async Task Dispose_FreesOnlyOnePermit_WhenItIsRepeated()
    {
        HandshakePermit[] held = await FillAsync("192.0.2.1");

        held[0].Dispose();
        held[0].Dispose();

        (await AcquireAsync("192.0.2.1")).Should().NotBeNull();
        (await _clock.RunAsync(AcquireAsync("192.0.2.1"), TransportBounds.MaxPermitWait)).Should().BeNull();
    }

    // The attack: connections that only wait for a permit fill the memory.
    [Fact]
    public async Task AcquireAsync_RejectsImmediately_WhenTooManyWait()
    {
        await FillAsync("192.0.2.1");
        Task<HandshakePermit?>[] waiting =
            [.. Enumerable.Range(0, TransportBounds.MaxWaitingHandshakes).Select(_ => AcquireAsync("192.0.2.1"))];

        Task<HandshakePermit?> last = AcquireAsync("192.0.2.1");

        last.IsCompletedSuccessfully.Should().BeTrue();
        (await last).Should().BeNull();
        waiting.Should().NotContain(task => task.IsCompleted);
    }

    private async Task<HandshakePermit[]> FillAsync(string address)
    {
        HandshakePermit?[] permits = await Task.WhenAll(Enumerable.Range(0, Max).Select(_ => AcquireAsync(address)));
        permits.Should().NotContainNulls();
        return permits!;
    }

    private Task<HandshakePermit?> AcquireAsync(string address) =>
        _limiter.AcquireAsync(CreateEndPoint(address), TestContext.Current.CancellationToken).AsTask();

    // The port differs each time; it is ignored.
    private static IPEndPoint CreateEndPoint(string address) => new(IPAddress.Parse(address), Random.Shared.Next(1024, 65536));
}
