namespace CertAuth.Reloading;

/// <summary>The place from which the content of a material is read, such as files or an https address.</summary>
/// <remarks>Not safe for concurrent use: one reload reads at a time.</remarks>
internal interface IMaterialOrigin : IDisposable
{
    /// <summary>Gets a value that indicates whether each read returns complete content. If not, the content may be half-written, and
    /// changed content is read again before it is used.</summary>
    bool IsAtomic { get; }

    /// <summary>Reads the content, within the limits of the origin on size and time. A failed read is a result, not an exception.</summary>
    /// <param name="digestInUse">The digest of the content in use; empty if there is none.</param>
    /// <param name="cancellationToken">A token that cancels the read.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken);
}
