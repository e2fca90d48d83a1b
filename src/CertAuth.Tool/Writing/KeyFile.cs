using CertAuth.Testing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Writing;

/// <summary>Private keys in files.</summary>
internal static class KeyFile
{
    /// <summary>The text of a file that holds a private key.</summary>
    /// <exception cref="UserErrorException">It can't be read, has none, or one that is encrypted.</exception>
    internal static string ReadKeyText(this Input input, string path)
    {
        string text = input.ReadText(path);

        // PKCS#8 has it in the label, older files in a header (RFC 1421, 4.6.1.1).
        if (text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw new UserErrorException(
                $"{InputFiles.GetDisplayName(path)} is encrypted; write the key without a passphrase: openssl pkey -in {InputFiles.GetDisplayName(path)} -out plain.pem");
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} has no private key: there is no BEGIN PRIVATE KEY in it.");
        return text;
    }

    /// <exception cref="UserErrorException">It can't be read, or has no key that can be used.</exception>
    internal static TestKey ReadKey(this Input input, string path)
    {
        string text = input.ReadKeyText(path);

        // Each has the words in its BEGIN and in its END line.
        if (text.AsSpan().Count("PRIVATE KEY-----") > 2)
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)} has more than one private key: leave the one in it that is to sign.");
        try
        {
            return TestKey.FromPem(text);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)}: {GetMessage(e)}");
        }
    }

    /// <summary>What an exception says, without the name of a parameter that nobody sees.</summary>
    internal static string GetMessage(ArgumentException e)
    {
        string suffix = $" (Parameter '{e.ParamName}')";
        return TerminalText.Escape(e.Message.EndsWith(suffix, StringComparison.Ordinal) ? e.Message[..^suffix.Length] : e.Message);
    }
}
