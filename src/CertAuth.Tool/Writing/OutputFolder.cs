using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>A folder of certificates and keys. Only one process at a time uses it, so that certificates and keys match.</summary>
/// <remarks>The process locks an empty file in the folder, which is never removed. The operating system releases the lock when the process
/// ends for any reason.</remarks>
internal sealed class OutputFolder : IDisposable
{
    internal const string LockName = ".certauth.lock";

    // 10 seconds in total. Another process holds the lock only for milliseconds, because it creates its keys before it locks the folder.
    private const int Attempts = 200;

    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(50);

    // A user who can open the file can lock it and block all other processes.
    private const UnixFileMode LockMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] s_sharingViolations = [11, 35, unchecked((int)0x80070020)];

    private readonly string _path;
    private readonly FileStream _lock;

    private OutputFolder(string path, FileStream @lock) => (_path, _lock) = (path, @lock);

    /// <summary>Opens and locks a folder.</summary>
    /// <param name="path">The path of the folder.</param>
    /// <param name="create">Whether the folder is created if it does not exist.</param>
    /// <exception cref="UserErrorException">The folder does not exist or cannot be written to, or another process holds the
    /// lock.</exception>
    internal static OutputFolder Open(string path, bool create)
    {
        if (path.Length == 0)
            throw new UserErrorException("The name of the output folder is empty.");
        try
        {
            if (create)
                Directory.CreateDirectory(path);
            if (!Directory.Exists(path))
                throw new UserErrorException($"The folder {TerminalText.Escape(path)} does not exist.");
            return new(path, AcquireLock(Path.Combine(path, LockName)));
        }
        catch (IOException e) when (s_sharingViolations.Contains(e.HResult))
        {
            throw new UserErrorException($"Another certauth process uses {TerminalText.Escape(path)}; try again when it has ended.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException($"The folder {TerminalText.Escape(path)} cannot be written to: {TerminalText.Escape(e.Message)}");
        }
    }

    /// <summary>Gets the path of a file in the folder.</summary>
    internal string this[string name] => _path == "." ? name : Path.Combine(_path, name);

    public void Dispose() => _lock.Dispose();

    private static FileStream AcquireLock(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return OpenLock(path);
            }
            catch (IOException e) when (attempt < Attempts && s_sharingViolations.Contains(e.HResult))
            {
                Task.Delay(s_retryDelay, TimeProvider.System).Wait();
            }
        }
    }

    // Creating the file follows no link, and opening an existing one changes only its mode, so a link cannot redirect a write.
    private static FileStream OpenLock(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new UserErrorException($"{TerminalText.Escape(path)} is a link, which certauth does not follow; remove it.");

        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = LockMode;
        try
        {
            return new(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            // An earlier process has left the file, or another process has just created it.
        }

        FileStream existing = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        RestrictToOwner(existing);
        return existing;
    }

    private static void RestrictToOwner(FileStream file)
    {
        if (OperatingSystem.IsWindows() || File.GetUnixFileMode(file.SafeFileHandle) == LockMode)
            return;
        try
        {
            File.SetUnixFileMode(file.SafeFileHandle, LockMode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file belongs to another user.
        }
    }
}
