using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CertAuth.Reloading;

/// <summary>What was read, or why nothing was.</summary>
internal sealed class OriginReadResult : IDisposable
{
    private readonly ImmutableArray<byte[]> _files;

    private OriginReadResult(ImmutableArray<byte[]> files, ReadOnlyMemory<byte> digest, string? problem, bool isSettled = false) =>
        (_files, Digest, Problem, IsSettled) = (files, digest, problem, isSettled);

    /// <summary>SHA-256 over all files, their lengths and their order.</summary>
    internal ReadOnlyMemory<byte> Digest { get; }

    /// <summary>Why nothing was read, or null.</summary>
    internal string? Problem { get; }

    /// <summary>Whether nothing can have been written while it was read: it need not be read a second time.</summary>
    internal bool IsSettled { get; }

    [MemberNotNullWhen(true, nameof(Problem))]
    internal bool HasFailed => Problem is not null;

    internal ImmutableArray<ReadOnlyMemory<byte>> Files => [.. _files];

    internal static OriginReadResult Failed(string problem) => new([], default, problem);

    /// <summary>What is in use was found again, by its tag: the content wasn't read.</summary>
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

    /// <summary>Clears the content, so that of a private key's file at least these octets don't lie about. The digest stays.</summary>
    public void Dispose()
    {
        foreach (byte[] file in _files)
            CryptographicOperations.ZeroMemory(file);
    }
}
