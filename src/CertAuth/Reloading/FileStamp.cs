namespace CertAuth.Reloading;

/// <summary>The facts that show whether a file was written recently, or was written or replaced between two reads.</summary>
/// <param name="Target">The path without symbolic links.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="LastWriteUtc">The time of the last write.</param>
internal readonly record struct FileStamp(string Target, long Length, DateTime LastWriteUtc)
{
    /// <summary>Reads the facts of a file.</summary>
    /// <param name="file">A file without symbolic links in its path.</param>
    /// <exception cref="IOException">The file does not exist.</exception>
    internal static FileStamp Read(FileInfo file) => new(file.FullName, file.Length, file.LastWriteTimeUtc);

    /// <summary>Returns whether the last write was at least <see cref="ReloadBounds.MinFileAge"/> before a given time. False if it was
    /// after that time.</summary>
    internal bool IsSettledAt(DateTimeOffset time) => time.UtcDateTime - LastWriteUtc >= ReloadBounds.MinFileAge;
}
