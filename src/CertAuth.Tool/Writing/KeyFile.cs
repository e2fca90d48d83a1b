using CertAuth.Testing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>Reads private key files.</summary>
internal static class KeyFile
{
    /// <summary>Reads the text of a private key file.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, contains no private key, or contains an encrypted one.</exception>
    internal static string ReadKeyText(this Input input, string path)
    {
        string text = input.ReadText(path);

        // PKCS #8 marks encryption in the label, older formats in a header (RFC 1421, 4.6.1.1).
        if (text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            string name = InputFiles.GetDisplayName(path);
            throw new UserErrorException($"{name} is encrypted; remove the passphrase first: openssl pkey -in {name} -out plain.pem");
        }

        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} contains no private key: it has no BEGIN PRIVATE KEY line.");
        return text;
    }

    /// <summary>Reads a private key.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or contains no usable private key.</exception>
    internal static TestKey ReadKey(this Input input, string path)
    {
        string text = input.ReadKeyText(path);

        // Each key has a BEGIN line and an END line.
        if (text.AsSpan().Count("PRIVATE KEY-----") > 2)
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} contains more than one private key; keep only one.");
        try
        {
            return TestKey.FromPem(text);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)}: {GetMessage(e)}");
        }
    }

    /// <summary>Returns the message of an exception, escaped and without the parameter name, which users do not know.</summary>
    internal static string GetMessage(ArgumentException e)
    {
        string suffix = $" (Parameter '{e.ParamName}')";
        return TerminalText.Escape(e.Message.EndsWith(suffix, StringComparison.Ordinal) ? e.Message[..^suffix.Length] : e.Message);
    }
}
