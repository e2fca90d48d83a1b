using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Reloading;

/// <summary>Makes something of the content of one or more files.</summary>
/// <remarks>Implementations are safe for concurrent use, don't block and never throw for what stands in a file.</remarks>
/// <typeparam name="T">Something immutable that needs no disposing.</typeparam>
public interface IMaterialReader<T>
    where T : class
{
    /// <summary>What log lines, metrics and the status call it where the options don't say: short, lower case.</summary>
    string Kind { get; }

    /// <summary>Largest file that is read, in octets.</summary>
    int MaxBytes { get; }

    /// <summary>Reads the files.</summary>
    /// <param name="files">Their content, in the order in which they were named. Cleared after the call: what is kept is to be copied.</param>
    /// <param name="now">The time.</param>
    /// <param name="material">What was read, or null.</param>
    /// <param name="problem">Why it can't be used, for the operator, or null. No secrets.</param>
    bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<T>? material,
        [NotNullWhen(false)] out string? problem);

    /// <summary>What comes into use when something new was read: the new as it is, unless it takes something over from the old. Fast, and never fails.</summary>
    /// <param name="current">What is in use.</param>
    /// <param name="next">What was read.</param>
    T Merge(T current, T next) => next;

    /// <summary>What comes into use when nothing could be read for too long; null where the last good stays for ever.</summary>
    T? StaleFallback => null;

    /// <summary>Whether what is in use is good for anything now; where it isn't, the status says so.</summary>
    /// <param name="current">What is in use.</param>
    bool IsUsable(T current) => true;
}
