namespace CertAuth.Ratios.Suites;

/// <summary>The evaluation of a REQUIRE clause of issuer, subject, SAN and cipher for a connection. Each call performs
/// <see cref="Case.Many"/> operations.</summary>
/// <remarks>Certificates "not seen before" contain the same two names in encodings that the clause has not cached.</remarks>
internal sealed class RequirementMaterial
{
    private const string Wanted = "spiffe://example.org/service/db", Missing = "spiffe://example.org/service/dX";

    private static readonly (string, string)[] s_issuer = NameEncodings.Attributes(8), s_subject = NameEncodings.Attributes(7);
    private static readonly TestName s_firstIssuer = NameEncodings.First(s_issuer), s_firstSubject = NameEncodings.First(s_subject);
    private static readonly TestKey s_key = TestKey.Create(TestKeyType.P256);
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(s_firstIssuer);
    private static readonly TrustBundle s_bundle = Logins.Bundle(s_ca);

    private readonly LoginRequirement _clause = LoginRequirement.Parse(
        $"REQUIRE CIPHER 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256' AND ISSUER '{NameEncodings.Text(s_issuer)}' "
        + $"AND SUBJECT '{NameEncodings.Text(s_subject)}' AND SAN 'URI:{Wanted}'");

    internal readonly TlsConnectionInfo[] Seen = Repeat(Connect(s_firstSubject, s_firstIssuer, Wanted));
    internal readonly TlsConnectionInfo[] Unseen = [.. NameEncodings.Others(s_subject, Case.Many)
        .Zip(NameEncodings.Others(s_issuer, Case.Many), (subject, issuer) => Connect(subject, issuer, Wanted))];

    internal readonly TlsConnectionInfo[] OtherSubject =
        Repeat(Connect(NameEncodings.First(NameEncodings.Other(s_subject)), s_firstIssuer, Wanted));

    internal readonly TlsConnectionInfo[] OtherSan = Repeat(Connect(s_firstSubject, s_firstIssuer, Missing));
    internal readonly TlsConnectionInfo[] OtherCipher =
        Repeat(Connect(s_firstSubject, s_firstIssuer, Wanted, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256));

    /// <summary>Creates the material and checks that each connection is rejected for the expected reason. The cached names are those of the
    /// first certificate.</summary>
    internal RequirementMaterial()
    {
        (TlsConnectionInfo, RejectionReason)[] expected =
        [
            (Seen[0], RejectionReason.None), (OtherSubject[0], RejectionReason.SubjectMismatch),
            (OtherSan[0], RejectionReason.SanMismatch), (OtherCipher[0], RejectionReason.CipherMismatch),
        ];
        foreach ((TlsConnectionInfo connection, RejectionReason reason) in expected)
        {
            if (_clause.Evaluate(connection) != reason)
                throw new InvalidOperationException($"The expected result is {reason}, not {_clause.Evaluate(connection)}.");
        }
    }

    internal bool IsMet(TlsConnectionInfo[] connections)
    {
        int accepted = 0;
        foreach (TlsConnectionInfo connection in connections)
            accepted += _clause.Evaluate(connection) == RejectionReason.None ? 1 : 0;
        return Case.AllOrNone(accepted);
    }

    private static TlsConnectionInfo[] Repeat(TlsConnectionInfo connection) => [.. Enumerable.Repeat(connection, Case.Many)];

    private static TlsConnectionInfo Connect(
        TestName subject, TestName issuer, string uri, TlsCipherSuite cipher = TlsCipherSuite.TLS_AES_128_GCM_SHA256)
    {
        TestSan[] sans =
        [
            TestSan.Dns("db-0.example.com"), TestSan.Dns("db-1.example.com"), TestSan.Uri("spiffe://example.org/other"), TestSan.Uri(uri),
        ];
        TestCertificate leaf = s_ca.Issue(new() { Subject = subject, Issuer = issuer, Sans = sans, Key = s_key });
        return Logins.Connect(Logins.Verify(s_bundle, leaf.Der), cipher: cipher);
    }
}
