namespace CertAuth.Reloading;

/// <summary>Where the octets come from. Used by one look at a time.</summary>
internal interface IMaterialOrigin : IDisposable
{
    /// <summary>Whether what is read is whole: what is written in place isn't, and is read twice.</summary>
    bool IsAtomic { get; }

    /// <summary>Reads, within the origin's bounds of size and time. Never throws but for the cancellation.</summary>
    /// <param name="digestInUse">The digest of what is in use; empty for nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken);
}
