using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Tokens;

/// <summary>Keys that sign tokens, in files.</summary>
internal static class TokenKeyFile
{
    /// <exception cref="UserErrorException">It can't be read, has no key that can be used, or one that doesn't fit the algorithm.</exception>
    internal static TestTokenKey Read(Input input, string path, string keyId, SignatureAlgorithm? algorithm)
    {
        TestKey key = input.ReadKey(path);
        SignatureAlgorithm fitting = algorithm ?? key.Type switch
        {
            TestKeyType.P256 => SignatureAlgorithm.ES256,
            TestKeyType.P384 => SignatureAlgorithm.ES384,
            TestKeyType.P521 => SignatureAlgorithm.ES512,
            _ => SignatureAlgorithm.RS256,
        };
        try
        {
            return TestTokenKey.FromPem(keyId, key.PrivateKeyPem, fitting);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{InputFiles.GetDisplayName(path)}: {KeyFile.GetMessage(e)}");
        }
    }
}
