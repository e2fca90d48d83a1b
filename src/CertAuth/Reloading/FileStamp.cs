namespace CertAuth.Reloading;

/// <summary>Where a path led, how long the file was and when it was last written: what tells a file that rests from one that is being
/// written.</summary>
internal readonly record struct FileStamp(string Target, long Length, DateTime LastWriteUtc)
{
    /// <summary>How long a file must have rested before one reading is enough: more than any pause that a writer in place may make
    /// (<see cref="ReloadOptions.SettleDelay"/>), and than the clocks of this machine and a file server differ, as a rule.</summary>
    internal static readonly TimeSpan MinRest = TimeSpan.FromMinutes(1);

    /// <summary>Takes the stamp of a file.</summary>
    /// <param name="file">A file without any link in its path.</param>
    /// <exception cref="IOException">There is no such file.</exception>
    internal static FileStamp Of(FileInfo file) => new(file.FullName, file.Length, file.LastWriteTimeUtc);

    /// <summary>Whether the file had rested for long enough at a time. A time of writing in the future says nothing.</summary>
    internal bool IsRestingAt(DateTimeOffset now) => now.UtcDateTime - LastWriteUtc >= MinRest;
}
