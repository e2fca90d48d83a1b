using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CertAuth.Reloading;

/// <summary>The content that was read from an origin, or the reason why it could not be read.</summary>
internal sealed class OriginReadResult : IDisposable
{
    private readonly ImmutableArray<byte[]> _files;

    private OriginReadResult(ImmutableArray<byte[]> files, ReadOnlyMemory<byte> digest, string? problem, bool isSettled = false) =>
        (_files, Digest, Problem, IsSettled) = (files, digest, problem, isSettled);

    /// <summary>Gets the SHA-256 of the lengths and contents of all files, in their order; empty if the read failed.</summary>
    internal ReadOnlyMemory<byte> Digest { get; }

    /// <summary>Gets the reason why nothing was read, or null.</summary>
    internal string? Problem { get; }

    /// <summary>Gets a value that indicates whether all files were last written too long ago to be incomplete, so that one read is
    /// sufficient.</summary>
    internal bool IsSettled { get; }

    [MemberNotNullWhen(true, nameof(Problem))]
    internal bool HasFailed => Problem is not null;

    internal ImmutableArray<ReadOnlyMemory<byte>> Files => [.. _files];

    internal static OriginReadResult Failed(string problem) => new([], default, problem);

    /// <summary>Returns a result without content, because the content in use has not changed.</summary>
    internal static OriginReadResult NotModified(ReadOnlyMemory<byte> digest) => new([], digest, null);

    internal static OriginReadResult FromFiles(ImmutableArray<byte[]> files, bool isSettled = false)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (byte[] file in files)
        {
            BinaryPrimitives.WriteInt64BigEndian(length, file.Length);
            hash.AppendData(length);
            hash.AppendData(file);
        }

        return new(files, hash.GetHashAndReset(), null, isSettled);
    }

    internal bool HasDigest(ReadOnlyMemory<byte> digest) => !Digest.IsEmpty && Digest.Span.SequenceEqual(digest.Span);

    /// <summary>Overwrites the content, which may be a private key, with zeros. The digest stays available.</summary>
    public void Dispose()
    {
        foreach (byte[] file in _files)
            CryptographicOperations.ZeroMemory(file);
    }
}
