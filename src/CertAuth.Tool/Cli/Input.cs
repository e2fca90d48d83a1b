using System.Text;

namespace CertAuth.Tool.Cli;

/// <summary>Reads what the command line names: a file, or <c>-</c> for standard input. Bounded.</summary>
internal sealed class Input(Stream standardInput)
{
    /// <summary>Longest input in octets.</summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

    private const string StandardInput = "-";

    private bool _isStandardInputRead;

    /// <exception cref="UserErrorException">It can't be read, is too long, or is standard input for the second time.</exception>
    internal byte[] Read(string path)
    {
        if (path == StandardInput && _isStandardInputRead)
            throw new UserErrorException("standard input can be read once: name a file in place of the second -.");
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
            throw new UserErrorException($"{GetDisplayName(path)} can't be read: {DescribeReadError(e)}");
        }
    }

    /// <summary>The text, as UTF-8.</summary>
    /// <exception cref="UserErrorException">It can't be read, is too long, or isn't UTF-8.</exception>
    internal string ReadText(string path)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Read(path));
        }
        catch (DecoderFallbackException)
        {
            throw new UserErrorException($"{GetDisplayName(path)} isn't text in UTF-8.");
        }
    }

    /// <summary>What messages call it.</summary>
    internal static string GetDisplayName(string path) => path switch { StandardInput => "standard input", "" => "a file without a name", _ => TerminalText.Escape(path) };

    private static byte[] ReadAll(Stream stream, string path)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > MaxBytes)
                throw new UserErrorException($"{GetDisplayName(path)} is longer than {MaxBytes / (1024 * 1024)} MiB.");
        }

        return content.ToArray();
    }

    private static string DescribeReadError(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException or ArgumentException => "there is no such file.",
        UnauthorizedAccessException => "it may not be read, or is a folder.",
        _ => TerminalText.Escape(e.Message),
    };
}
