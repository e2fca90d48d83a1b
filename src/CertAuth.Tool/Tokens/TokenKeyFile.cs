using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Tokens;

/// <summary>Reads the private keys that sign tokens.</summary>
internal static class TokenKeyFile
{
    /// <summary>Reads a key. Without an algorithm, an RSA key signs with RS256 and an EC key with the algorithm of its curve.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or contains no usable key, or the key does not suit the
    /// algorithm.</exception>
    internal static TestTokenKey Read(Input input, string path, string keyId, SignatureAlgorithm? algorithm)
    {
        TestKey key = input.ReadKey(path);
        SignatureAlgorithm keyAlgorithm = algorithm ?? key.Type switch
        {
            TestKeyType.P256 => SignatureAlgorithm.ES256,
            TestKeyType.P384 => SignatureAlgorithm.ES384,
            TestKeyType.P521 => SignatureAlgorithm.ES512,
            _ => SignatureAlgorithm.RS256,
        };
        try
        {
            return TestTokenKey.FromPem(keyId, key.PrivateKeyPem, keyAlgorithm);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)}: {KeyFile.GetMessage(e)}");
        }
    }
}
