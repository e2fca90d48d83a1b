using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>A folder of certificates and keys that one process at a time reads and writes, so that a certificate and its key are of one hand.</summary>
/// <remarks>Held by a lock on an empty file in it, which stays; the system gives the lock back when the process ends, however it ends.</remarks>
internal sealed class OutputFolder : IDisposable
{
    internal const string LockName = ".certauth.lock";

    // Ten seconds: what another process does meanwhile takes milliseconds, since keys are made before.
    private const int Attempts = 200;

    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(50);

    // Whoever can open the file can lock it, and keep every other process out of the folder.
    private const UnixFileMode LockMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] s_sharingViolations = [11, 35, unchecked((int)0x80070020)];

    private readonly string _path;
    private readonly FileStream _lock;

    private OutputFolder(string path, FileStream @lock) => (_path, _lock) = (path, @lock);

    /// <summary>Takes a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    /// <exception cref="UserErrorException">There is none, it can't be written to, or another process doesn't let go of it.</exception>
    internal static OutputFolder Open(string path, bool create)
    {
        if (path.Length == 0)
            throw new UserErrorException("The name of the folder is empty.");
        try
        {
            if (create)
                Directory.CreateDirectory(path);
            if (!Directory.Exists(path))
                throw new UserErrorException($"There is no folder {TerminalText.Escape(path)}.");
            return new(path, AcquireLock(Path.Combine(path, LockName)));
        }
        catch (IOException e) when (s_sharingViolations.Contains(e.HResult))
        {
            throw new UserErrorException($"Another certauth is at work in {TerminalText.Escape(path)}; try again when it has ended.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException($"The folder {TerminalText.Escape(path)} can't be written to: {TerminalText.Escape(e.Message)}");
        }
    }

    /// <summary>A file in it, as a person would name it.</summary>
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

    // Creating a new file follows no link, and opening one changes nothing but its mode: a link cannot make this write elsewhere.
    private static FileStream OpenLock(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new UserErrorException($"{TerminalText.Escape(path)} is a link, which is not followed; remove it.");

        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = LockMode;
        try
        {
            return new(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Left by an earlier process, or just created by another one.
        }

        FileStream present = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        CloseToOthers(present);
        return present;
    }

    private static void CloseToOthers(FileStream file)
    {
        if (OperatingSystem.IsWindows() || File.GetUnixFileMode(file.SafeFileHandle) == LockMode)
            return;
        try
        {
            File.SetUnixFileMode(file.SafeFileHandle, LockMode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's file.
        }
    }
}
