namespace CertAuth.Transport;

/// <summary>The transport of a handshake: a read or an asynchronous write completes only when the handshake has a turn
/// (<see cref="HandshakeTurn"/>). After the handshake, reads and writes go directly to the transport.</summary>
internal sealed class HandshakeStream(Stream transport, HandshakeTurn turn, HandshakeTrace? trace = null) : Stream
{
    public override bool CanRead => transport.CanRead;

    public override bool CanWrite => transport.CanWrite;

    public override bool CanSeek => false;

    public override bool CanTimeout => transport.CanTimeout;

    public override int ReadTimeout
    {
        get => transport.ReadTimeout;
        set => transport.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => transport.WriteTimeout;
        set => transport.WriteTimeout = value;
    }

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        turn.IsHandshakeOver ? transport.ReadAsync(buffer, cancellationToken) : ReadInTurnAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        if (turn.IsHandshakeOver)
            return transport.Read(buffer);
        turn.Pause();
        int read = transport.Read(buffer);
        trace?.RecordRead(read);
        turn.BeginAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        turn.IsHandshakeOver ? transport.WriteAsync(buffer, cancellationToken) : WriteInTurnAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // SslStream calls this overload only for an alert, the last message of a handshake; nothing is left to compute afterwards.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!turn.IsHandshakeOver)
            turn.Pause();
        transport.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        turn.IsHandshakeOver ? transport.FlushAsync(cancellationToken) : FlushInTurnAsync(cancellationToken);

    public override void Flush() => transport.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            transport.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadInTurnAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        turn.Pause();
        int read;
        try
        {
            read = await transport.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            trace?.RecordFailure();
            throw;
        }

        // A read into an empty buffer only waits for data. The result 0 does not mean the end, and there is nothing to compute.
        if (buffer.IsEmpty)
            return read;
        trace?.RecordRead(read);
        await turn.BeginAsync(cancellationToken).ConfigureAwait(false);
        return read;
    }

    // .NET may compute after a write: it builds its chain of the peer's certificates after it has sent its last message.
    private async ValueTask WriteInTurnAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        turn.Pause();
        try
        {
            await transport.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            trace?.RecordFailure();
            throw;
        }

        await turn.BeginAsync(cancellationToken).ConfigureAwait(false);
    }

    // A flush of a transport that buffers can wait for the peer.
    private async Task FlushInTurnAsync(CancellationToken cancellationToken)
    {
        turn.Pause();
        try
        {
            await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            trace?.RecordFailure();
            throw;
        }

        await turn.BeginAsync(cancellationToken).ConfigureAwait(false);
    }
}
