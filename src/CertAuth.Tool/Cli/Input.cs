using System.Text;

namespace CertAuth.Tool.Cli;

/// <summary>Reads the files that the command line names, up to a maximum length; <c>-</c> is standard input.</summary>
internal sealed class Input(Stream standardInput)
{
    /// <summary>The maximum length of an input, in bytes.</summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

    private const string StandardInput = "-";

    private bool _isStandardInputRead;

    /// <summary>Reads a file, or standard input.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or is too long, or standard input was read before.</exception>
    internal byte[] Read(string path)
    {
        if (path == StandardInput && _isStandardInputRead)
            throw new UserErrorException("Standard input can be read only once; replace the second - with a file.");
        _isStandardInputRead |= path == StandardInput;
        try
        {
            if (path == StandardInput)
                return ReadAll(standardInput, path);
            using FileStream file = File.OpenRead(path);
            return ReadAll(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserErrorException($"{GetDisplayName(path)} cannot be read: {DescribeReadError(e)}");
        }
    }

    /// <summary>Reads UTF-8 text.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, is too long, or is not UTF-8.</exception>
    internal string ReadText(string path)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Read(path));
        }
        catch (DecoderFallbackException)
        {
            throw new UserErrorException($"{GetDisplayName(path)} is not UTF-8 text.");
        }
    }

    /// <summary>Returns the name of a file for messages, escaped.</summary>
    internal static string GetDisplayName(string path) => path switch
    {
        StandardInput => "standard input",
        "" => "''",
        _ => TerminalText.Escape(path),
    };

    private static byte[] ReadAll(Stream stream, string path)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > MaxBytes)
                throw new UserErrorException($"{GetDisplayName(path)} exceeds {MaxBytes / (1024 * 1024)} MiB.");
        }

        return content.ToArray();
    }

    private static string DescribeReadError(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException or ArgumentException => "the file does not exist.",
        UnauthorizedAccessException => "it is a folder, or the permission to read it is missing.",
        _ => TerminalText.Escape(e.Message),
    };
}
