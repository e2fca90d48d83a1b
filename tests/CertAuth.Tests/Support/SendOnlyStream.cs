namespace CertAuth.Tests.Support;

/// <summary>A stream that sends but never receives, for a half-open handshake.</summary>
internal sealed class SendOnlyStream(Stream transport) : WrappedStream(transport)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}
