namespace CertAuth.Reloading;

/// <summary>The source of a material's content. Not safe for concurrent use: one reload reads at a time.</summary>
internal interface IMaterialOrigin : IDisposable
{
    /// <summary>Gets a value that indicates whether each read returns complete content. Otherwise the content may be half-written, and a
    /// change is read again before it is used.</summary>
    bool IsAtomic { get; }

    /// <summary>Reads the content within the limits of size and time of the origin. Throws only if canceled.</summary>
    /// <param name="digestInUse">The digest of the content in use; empty if there is none.</param>
    /// <param name="cancellationToken">A token that cancels the read.</param>
    ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken);
}
