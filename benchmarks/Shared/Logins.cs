namespace CertAuth.Benchmarks;

/// <summary>Parts of a login. Each method throws if a part that must be accepted is rejected.</summary>
internal static class Logins
{
    internal static TrustBundle Bundle(params IEnumerable<TestCertificateAuthority> authorities) =>
        TrustBundle.Parse(Encoding.ASCII.GetBytes(string.Concat(authorities.Select(authority => authority.Pem))));

    internal static VerifiedCertificate Verify(TrustBundle bundle, ReadOnlyMemory<byte> leaf) =>
        bundle.TryVerify(leaf.Span, [], out VerifiedCertificate? certificate, out Rejection? rejection)
            ? certificate
            : throw new InvalidOperationException($"{rejection}");

    /// <summary>Returns the facts of a TLS 1.3 connection.</summary>
    internal static TlsConnectionInfo Connect(
        VerifiedCertificate? certificate,
        Rejection? rejection = null,
        TlsCipherSuite cipher = TlsCipherSuite.TLS_AES_128_GCM_SHA256) => new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = cipher,
            ClientCertificate = certificate,
            ClientCertificateRejection = rejection,
            ClientCertificateRequested = true,
        };

    /// <summary>Issues the token that a proxy sends for a client.</summary>
    internal static CertInfoToken Forward(CertInfoTokenIssuer proxy, TlsConnectionInfo client, string user, byte[] challenge) =>
        proxy.TryIssue(client, user, challenge, out CertInfoToken? token, out Rejection? rejection)
            ? token
            : throw new InvalidOperationException($"{rejection}");

    /// <summary>Throws unless a decision has the expected reason. A rejection for another reason could occur earlier and cost
    /// less.</summary>
    internal static void Check(RejectionReason expected, Rejection? rejection)
    {
        if ((rejection?.Reason ?? RejectionReason.None) != expected)
            throw new InvalidOperationException($"The expected result is {expected}; the result is: {rejection}");
    }
}
