namespace CertAuth.Reloading;

/// <summary>The facts that show whether a file was written recently.</summary>
/// <param name="Target">The path without symbolic links.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="LastWriteUtc">The time of the last write.</param>
internal readonly record struct FileStamp(string Target, long Length, DateTime LastWriteUtc)
{
    /// <summary>The minimum age of a file that is read only once. It is longer than the pauses of a program that writes a file in place
    /// (<see cref="ReloadOptions.SettleDelay"/>), and than the usual difference between the clocks of this machine and a file
    /// server.</summary>
    internal static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    /// <summary>Reads the facts of a file.</summary>
    /// <param name="file">A file without symbolic links in its path.</param>
    /// <exception cref="IOException">The file does not exist.</exception>
    internal static FileStamp Read(FileInfo file) => new(file.FullName, file.Length, file.LastWriteTimeUtc);

    /// <summary>Returns whether the file had the minimum age at a given time. A file that was written in the future does not.</summary>
    internal bool IsSettledAt(DateTimeOffset time) => time.UtcDateTime - LastWriteUtc >= MinAge;
}
