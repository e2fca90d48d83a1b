using System.IO.Pipelines;

namespace CertAuth.Transport;

/// <summary>The counterpart of <see cref="HandshakeStream"/> for the two pipes of a Kestrel connection.</summary>
internal sealed class HandshakePipe(IDuplexPipe transport, HandshakeTurn turn) : IDuplexPipe
{
    public PipeReader Input { get; } = new Reader(transport.Input, turn);

    public PipeWriter Output { get; } = new Writer(transport.Output, turn);

    private sealed class Reader(PipeReader reader, HandshakeTurn turn) : PipeReader
    {
        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
            turn.IsHandshakeOver ? reader.ReadAsync(cancellationToken) : ReadInTurnAsync(cancellationToken);

        // Returns nothing during the handshake, even if data is buffered: the caller then calls ReadAsync, which waits for a turn.
        public override bool TryRead(out ReadResult result)
        {
            result = default;
            return turn.IsHandshakeOver && reader.TryRead(out result);
        }

        public override void AdvanceTo(SequencePosition consumed) => reader.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => reader.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => reader.CancelPendingRead();

        public override void Complete(Exception? exception = null) => reader.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => reader.CompleteAsync(exception);

        private async ValueTask<ReadResult> ReadInTurnAsync(CancellationToken cancellationToken)
        {
            turn.Pause();
            ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            await turn.BeginAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
    }

    private sealed class Writer(PipeWriter writer, HandshakeTurn turn) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => writer.CanGetUnflushedBytes;

        public override long UnflushedBytes => writer.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => writer.GetSpan(sizeHint);

        public override void Advance(int bytes) => writer.Advance(bytes);

        public override void CancelPendingFlush() => writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => writer.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => writer.CompleteAsync(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            turn.IsHandshakeOver ? writer.FlushAsync(cancellationToken) : RunInTurnAsync(writer.FlushAsync, cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            turn.IsHandshakeOver
                ? writer.WriteAsync(source, cancellationToken)
                : RunInTurnAsync(c => writer.WriteAsync(source, c), cancellationToken);

        private async ValueTask<FlushResult> RunInTurnAsync(
            Func<CancellationToken, ValueTask<FlushResult>> write, CancellationToken cancellationToken)
        {
            turn.Pause();
            FlushResult result = await write(cancellationToken).ConfigureAwait(false);
            await turn.BeginAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
    }
}
