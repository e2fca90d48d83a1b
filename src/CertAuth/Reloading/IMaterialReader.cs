using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CertAuth.Reloading;

/// <summary>Turns the content of one or more files into a material.</summary>
/// <remarks>Implementations are safe for concurrent use and do not block. Malformed content is a problem, not an exception.</remarks>
/// <typeparam name="T">The type of the material: immutable, and without resources to dispose.</typeparam>
public interface IMaterialReader<T>
    where T : class
{
    /// <summary>Gets the name of the material in logs, metrics and the status, unless <see cref="ReloadOptions.Name"/> sets another. It is
    /// short and in lower case, such as <c>trust-bundle</c>.</summary>
    string Kind { get; }

    /// <summary>Gets the maximum size of each file in bytes.</summary>
    int MaxBytes { get; }

    /// <summary>Reads the files.</summary>
    /// <param name="files">The content of the files, in the order of their paths. It is overwritten with zeros after the call; copy what
    /// must be kept.</param>
    /// <param name="now">The current time.</param>
    /// <param name="material">The material; null if the files cannot be used.</param>
    /// <param name="problem">The reason why the files cannot be used, for the operator and without secrets; null if they can.</param>
    /// <returns>true if the files can be used; otherwise, false.</returns>
    bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<T>? material,
        [NotNullWhen(false)] out string? problem);

    /// <summary>Returns the value that replaces the one in use. The default implementation returns <paramref name="next"/>. Implementations
    /// are fast and do not throw.</summary>
    /// <param name="current">The value in use.</param>
    /// <param name="next">The value that was read.</param>
    T Merge(T current, T next) => next;

    /// <summary>Gets the value that is used when no reload has succeeded for <see cref="ReloadOptions.MaxAge"/>. The default implementation
    /// returns null: the last value stays in use, and <see cref="ReloadOptions.MaxAge"/> cannot be set.</summary>
    T? StaleFallback => null;

    /// <summary>Returns whether the value in use serves its purpose at the present time. The default implementation returns true.</summary>
    /// <param name="current">The value in use.</param>
    /// <returns>true if it does; otherwise, false, and the status is <see cref="MaterialHealth.Unhealthy"/>.</returns>
    bool IsUsable(T current) => true;
}
