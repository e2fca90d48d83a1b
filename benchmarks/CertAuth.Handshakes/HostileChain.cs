namespace CertAuth.Handshakes;

/// <summary>A chain with the most expensive verification that OpenSSL allows: RSA-3072 keys with public exponents of nearly the same
/// length. From 3,073 bits on, OpenSSL limits the exponent to 64 bits.</summary>
/// <remarks>All CAs share one key, and every signature verifies, so that nothing ends the platform's work early.</remarks>
internal static class HostileChain
{
    private const int KeyBits = 3072;

    /// <summary>Creates a leaf with its chain. The number of certificates includes the leaf, but not the anchor.</summary>
    internal static TestCertificate Create(int certificates)
    {
        // Without extensions that are not required, so that as many certificates as possible fit into the limit.
        TestCertificateAuthorityOptions options = new()
        {
            Key = CreateKey(),
            KeyUsage = null,
            SubjectKeyIdentifier = false,
            AuthorityKeyIdentifier = false,
        };
        TestCertificateAuthority issuer = TestCertificateAuthority.Create(TestName.Of(("CN", "0")), options);
        for (int i = 1; i < certificates; i++)
            issuer = issuer.IssueIntermediate(TestName.Of(("CN", $"{i}")), options);
        return issuer.IssueClient(TestName.Of(("CN", "hostile")));
    }

    // An ordinary RSA key with exchanged exponents: what one of them signs, the other verifies. The usual private exponent has the length
    // of the modulus, or a few bits less.
    private static TestKey CreateKey()
    {
        using RSA usual = RSA.Create(KeyBits);
        RSAParameters key = usual.ExportParameters(includePrivateParameters: true);
        byte[] small = key.Exponent!;
        key.Exponent = key.D!.AsSpan().TrimStart((byte)0).ToArray();
        key.D = [.. new byte[(KeyBits / 8) - small.Length], .. small];
        key.DP = key.DQ = key.D[(KeyBits / 16)..];
        using RSA hostile = RSA.Create(key);
        return TestKey.FromPem(hostile.ExportPkcs8PrivateKeyPem());
    }
}
