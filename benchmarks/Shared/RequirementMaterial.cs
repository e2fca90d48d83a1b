using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Testing;
using CertAuth.Trust;

namespace CertAuth.Benchmarks;

/// <summary>The evaluation of a REQUIRE clause of issuer, subject, SAN and cipher for a connection. Each call performs
/// <see cref="Operations"/> operations.</summary>
/// <remarks>Certificates "not seen before" contain the same two names in encodings that the clause has not cached.</remarks>
public sealed class RequirementMaterial
{
    /// <summary>The number of operations in one call.</summary>
    public const int Operations = 64;

    private const string Clause = "REQUIRE CIPHER 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256' "
        + "AND ISSUER '/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=tpch-user1/emailAddress=zz@pingcap.com/OU=unit 7' "
        + "AND SUBJECT '/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=tpch-user1/emailAddress=zz@pingcap.com' "
        + "AND SAN 'URI:spiffe://example.org/service/db'";

    private const string Wanted = "spiffe://example.org/service/db", Missing = "spiffe://example.org/service/dX";

    private static readonly (string, string)[] s_issuer = NameEncodings.Attributes(8), s_subject = NameEncodings.Attributes(7);
    private static readonly TestKey s_key = TestKey.Create(TestKeyType.P256);
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(NameEncodings.First(s_issuer));
    private static readonly TrustBundle s_bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(s_ca.Pem));

    private readonly LoginRequirement _clause = LoginRequirement.Parse(Clause);
    private readonly TlsConnectionInfo _seen = Connection(NameEncodings.First(s_subject), NameEncodings.First(s_issuer), Wanted);
    private readonly TlsConnectionInfo[] _unseen = [.. NameEncodings.Others(s_subject, Operations)
        .Zip(NameEncodings.Others(s_issuer, Operations), (subject, issuer) => Connection(subject, issuer, Wanted))];

    private readonly TlsConnectionInfo _otherSubject =
        Connection(NameEncodings.First(NameEncodings.Other(s_subject)), NameEncodings.First(s_issuer), Wanted);

    private readonly TlsConnectionInfo _otherSan = Connection(NameEncodings.First(s_subject), NameEncodings.First(s_issuer), Missing);
    private readonly TlsConnectionInfo _otherCipher =
        Connection(NameEncodings.First(s_subject), NameEncodings.First(s_issuer), Wanted, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256);

    /// <summary>Creates the material and checks that each connection is rejected for the expected reason. The cached names are those of the
    /// first certificate.</summary>
    public RequirementMaterial()
    {
        if (_clause.Evaluate(_seen) != RejectionReason.None || _clause.Evaluate(_otherSubject) != RejectionReason.SubjectMismatch
            || _clause.Evaluate(_otherSan) != RejectionReason.SanMismatch
            || _clause.Evaluate(_otherCipher) != RejectionReason.CipherMismatch)
        {
            throw new InvalidOperationException("A connection is not rejected for the expected reason.");
        }
    }

    public bool Meet()
    {
        bool isMet = true;
        foreach (TlsConnectionInfo connection in _unseen)
            isMet &= _clause.Evaluate(connection) == RejectionReason.None;
        return isMet;
    }

    public bool MeetSeen()
    {
        bool isMet = true;
        for (int i = 0; i < Operations; i++)
            isMet &= _clause.Evaluate(_seen) == RejectionReason.None;
        return isMet;
    }

    public bool RejectSubject() => IsAnyMet(_otherSubject);

    public bool RejectSan() => IsAnyMet(_otherSan);

    public bool RejectCipher() => IsAnyMet(_otherCipher);

    private bool IsAnyMet(TlsConnectionInfo connection)
    {
        bool isMet = false;
        for (int i = 0; i < Operations; i++)
            isMet |= _clause.Evaluate(connection) == RejectionReason.None;
        return isMet;
    }

    private static TlsConnectionInfo Connection(
        TestName subject, TestName issuer, string uri, TlsCipherSuite cipher = TlsCipherSuite.TLS_AES_128_GCM_SHA256)
    {
        TestSan[] sans =
        [
            TestSan.Dns("db-0.example.com"), TestSan.Dns("db-1.example.com"), TestSan.Uri("spiffe://example.org/other"), TestSan.Uri(uri),
        ];
        byte[] der = s_ca.Issue(new() { Subject = subject, Issuer = issuer, Sans = sans, Key = s_key }).Der.ToArray();
        return s_bundle.TryVerify(der, [], out VerifiedCertificate? certificate, out Rejection? rejection)
            ? new()
            {
                Protocol = SslProtocols.Tls13,
                CipherSuite = cipher,
                ClientCertificate = certificate,
                ClientCertificateRequested = true,
            }
            : throw new InvalidOperationException($"{rejection}");
    }
}
