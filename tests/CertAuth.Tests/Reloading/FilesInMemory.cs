using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>An origin of several files in memory.</summary>
internal sealed class FilesInMemory(params byte[][] files) : IMaterialOrigin
{
    internal byte[][] Files { get; set; } = files;

    public bool IsAtomic => true;

    public ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken) =>
        new(OriginReadResult.FromFiles([.. Files.Select(file => file.ToArray())]));

    public void Dispose()
    {
    }
}
