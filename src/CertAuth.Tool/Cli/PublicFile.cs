using System.Text;

namespace CertAuth.Tool.Cli;

/// <summary>Writes a file that everybody may read, whole or not at all: a server may be looking at it.</summary>
internal static class PublicFile
{
    /// <param name="path">Where.</param>
    /// <param name="content">What, as UTF-8.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="MistakeException">There is one already, or it can't be written.</exception>
    internal static void Write(string path, string content, bool overwrite)
    {
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (!overwrite && Path.Exists(path))
                throw new MistakeException($"{Shown.Safe(path)} is there already: --force replaces it.");

            try
            {
                File.WriteAllText(beside, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                File.Move(beside, path, overwrite);
            }
            finally
            {
                File.Delete(beside);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MistakeException($"{Shown.Safe(path)} can't be written: {Shown.Safe(e.Message)}");
        }
    }
}
