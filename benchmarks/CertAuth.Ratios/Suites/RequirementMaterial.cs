using System.Collections.Immutable;
using CertAuth.Names;

namespace CertAuth.Ratios.Suites;

/// <summary>The evaluation of REQUIRE clauses for a connection. Each call performs <see cref="Case.Many"/> operations.</summary>
/// <remarks>Certificates "not seen before" contain the same two names in encodings that the clauses have not cached. A list of digests has
/// the maximum length; for a single certificate or key, only the last digest matches.</remarks>
internal sealed class RequirementMaterial
{
    private const int Maximum = 16;
    private const string Wanted = "spiffe://example.org/service/db", Missing = "spiffe://example.org/service/dX";

    private static readonly (string, string)[] s_issuer = NameEncodings.Attributes(8), s_subject = NameEncodings.Attributes(7);
    private static readonly TestName s_firstIssuer = NameEncodings.First(s_issuer), s_firstSubject = NameEncodings.First(s_subject);
    private static readonly TestKey s_key = TestKey.Create(TestKeyType.P256);
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(s_firstIssuer);
    private static readonly TrustBundle s_bundle = Logins.Bundle(s_ca);
    private static readonly TlsConnectionInfo s_first = Connect(s_firstSubject, s_firstIssuer, Wanted);
    private static readonly TlsConnectionInfo[] s_unseen = [.. NameEncodings.Others(s_subject, Case.Many)
        .Zip(NameEncodings.Others(s_issuer, Case.Many), (subject, issuer) => Connect(subject, issuer, Wanted))];

    internal readonly TlsConnectionInfo[] Seen = Repeat(s_first), Unseen = s_unseen, Pinned = Repeat(s_unseen[..Maximum]);

    internal readonly TlsConnectionInfo[] OtherSubject =
        Repeat(Connect(NameEncodings.First(NameEncodings.Other(s_subject)), s_firstIssuer, Wanted));

    internal readonly TlsConnectionInfo[] OtherSan = Repeat(Connect(s_firstSubject, s_firstIssuer, Missing));
    internal readonly TlsConnectionInfo[] OtherCipher =
        Repeat(Connect(s_firstSubject, s_firstIssuer, Wanted, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256));

    internal readonly LoginRequirement Clause, Certificate, PublicKey, IssuerKey, Contains, San, Email, All, NoneOfMany, LastOfMany;

    /// <summary>Creates the material and checks that each connection is rejected for the expected reason. The cached names are those of the
    /// first certificate.</summary>
    internal RequirementMaterial()
    {
        VerifiedCertificate first = s_first.ClientCertificate!;
        CipherOption cipher = new(TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_AES_128_GCM_SHA256);
        IssuerOption issuer = new(Name(s_issuer));
        SubjectContainsOption contains = new(Name([.. s_subject.Where((_, i) => i % 2 == 0)]));
        SanOption san = new(SanRequirement.Parse($"URI:{Wanted}"));
        IssuerKeyOption issuerKey = new(Pins(first.IssuerKeySha256));
        PublicKeyOption publicKey = new(Pins(first.PublicKeySha256));
        CertificateOption certificates = new([.. Pinned[..Maximum].Select(c => new Sha256Digest(c.ClientCertificate!.Sha256.Span))]);
        RequirementOption[] allButKey = [cipher, issuer, issuerKey, new SubjectOption(Name(s_subject)), contains, san, certificates];

        Clause = AnyOf(Of(cipher, issuer, new SubjectOption(Name(s_subject)), san));
        Certificate = AnyOf(Of(new CertificateOption(Pins(first.Sha256))));
        (PublicKey, IssuerKey) = (AnyOf(Of(publicKey)), AnyOf(Of(issuerKey)));
        (Contains, San, Email) = (AnyOf(Of(contains)), AnyOf(Of(san)), LoginRequirement.Parse("SAN 'EMAIL:db@example.com'"));
        All = AnyOf(Of([.. allButKey, publicKey]));
        NoneOfMany = AnyOf([.. OtherPins(Maximum).Select(pin => Of([.. allButKey, new PublicKeyOption(pin)]))]);
        LastOfMany = AnyOf([.. Enumerable.Range(2 - Maximum, Maximum).Select(i => Of(issuer, new SubjectOption(WithUser(i)), san))]);

        (LoginRequirement, TlsConnectionInfo, RejectionReason)[] expected =
        [
            (Clause, Seen[0], RejectionReason.None), (Clause, OtherSubject[0], RejectionReason.SubjectMismatch),
            (Clause, OtherSan[0], RejectionReason.SanMismatch), (Clause, OtherCipher[0], RejectionReason.CipherMismatch),
            (Contains, Seen[0], RejectionReason.None), (Contains, OtherSubject[0], RejectionReason.SubjectPartMissing),
            (All, Seen[0], RejectionReason.CertificateMismatch), (All, Pinned[0], RejectionReason.None),
            (NoneOfMany, Seen[0], RejectionReason.CertificateMismatch), (NoneOfMany, Pinned[0], RejectionReason.PublicKeyMismatch),
            (LastOfMany, Seen[0], RejectionReason.None), (LastOfMany, OtherSan[0], RejectionReason.SanMismatch),
        ];
        foreach ((LoginRequirement clause, TlsConnectionInfo connection, RejectionReason reason) in expected)
        {
            if (clause.Evaluate(connection) != reason)
                throw new InvalidOperationException($"The expected result is {reason}, not {clause.Evaluate(connection)}.");
        }
    }

    internal static bool IsMet(LoginRequirement clause, TlsConnectionInfo[] connections)
    {
        int accepted = 0;
        foreach (TlsConnectionInfo connection in connections)
            accepted += clause.Evaluate(connection) == RejectionReason.None ? 1 : 0;
        return Case.AllOrNone(accepted);
    }

    private static LoginRequirement Of(params RequirementOption[] options) => LoginRequirement.Of(options);

    // Parsed, so that clauses and alternatives share no objects.
    private static LoginRequirement AnyOf(params LoginRequirement[] requirements) =>
        LoginRequirement.Parse(LoginRequirement.AnyOf(requirements).ToString());

    private static DistinguishedName Name((string, string)[] attributes) => DistinguishedName.Parse(NameEncodings.Text(attributes));

    // The subject has the number 1.
    private static DistinguishedName WithUser(int number) =>
        DistinguishedName.Parse(NameEncodings.Text(s_subject).Replace("tpch-user1", $"tpch-user{number}", StringComparison.Ordinal));

    private static ImmutableArray<Sha256Digest> Pins(ReadOnlyMemory<byte> last) => [.. OtherPins(Maximum - 1), new(last.Span)];

    private static IEnumerable<Sha256Digest> OtherPins(int count) =>
        Enumerable.Range(0, count).Select(i => new Sha256Digest(SHA256.HashData([(byte)i])));

    private static TlsConnectionInfo[] Repeat(params TlsConnectionInfo[] connections) =>
        [.. Enumerable.Range(0, Case.Many).Select(i => connections[i % connections.Length])];

    private static TlsConnectionInfo Connect(
        TestName subject, TestName issuer, string uri, TlsCipherSuite cipher = TlsCipherSuite.TLS_AES_128_GCM_SHA256)
    {
        TestSan[] sans =
        [
            TestSan.Dns("db-0.example.com"), TestSan.Email("db@example.com"), TestSan.Uri("spiffe://example.org/other"), TestSan.Uri(uri),
        ];
        TestCertificate leaf = s_ca.Issue(new() { Subject = subject, Issuer = issuer, Sans = sans, Key = s_key });
        return Logins.Connect(Logins.Verify(s_bundle, leaf.Der), cipher: cipher);
    }
}
