using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>Several files that a test holds in memory.</summary>
internal sealed class FilesInMemory(params byte[][] files) : IMaterialOrigin
{
    internal byte[][] Files { get; set; } = files;

    public bool IsWhole => true;

    public ValueTask<OriginReading> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken) =>
        new(OriginReading.Of([.. Files.Select(file => file.ToArray())]));

    public void Dispose()
    {
    }
}
