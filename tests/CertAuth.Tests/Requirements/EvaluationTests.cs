using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

public sealed class EvaluationTests
{
    private const string Stored = "stored: ";

    private const string AllOptions = "CIPHER 'TLS_AES_128_GCM_SHA256' ISSUER '/CN=i' SUBJECT '/CN=s' SAN 'DNS:d'";

    private static readonly TsvFile s_rows = new("CertAuth.Tests/Requirements/evaluations.tsv");

    private static readonly TestName s_issuer = TestName.Of(
        ("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "PingCAP"), ("OU", "TiDB"), ("CN", "TiDB admin"));
    private static readonly TestName s_subject = TestName.Of(
        ("C", "ZH"), ("ST", "Beijing"), ("L", "Haidian"), ("O", "PingCAP.Inc"), ("OU", "TiDB"), ("CN", "tester1"));
    private static readonly TestName s_otherIssuer = TestName.Of(
        ("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "PingCAP"), ("OU", "TiDB"), ("CN", "TiDB admin2"));
    private static readonly TestName s_otherSubject = TestName.Of(
        ("C", "ZH"), ("ST", "Beijing"), ("L", "Haidian"), ("O", "PingCAP.Inc"), ("OU", "TiDB"), ("CN", "tester2"));
    private static readonly TestSan s_me1 = TestSan.Uri("spiffe://mesh.pingcap.com/ns/timesh/sa/me1");
    private static readonly TestSan s_me2 = TestSan.Uri("spiffe://mesh.pingcap.com/ns/timesh/sa/me2");

    private static readonly (string Id, TlsConnectionInfo? Connection)[] s_connections =
    [
        ("no TLS", null),
        ("no certificate", Clients.Tls()),
        ("empty names", Clients.Tls(Clients.Certificate(TestName.Of(), TestName.Of()))),
        ("valid", Clients.Tls(Clients.Certificate(s_subject, s_issuer, [s_me1]))),
        ("AES_256", Clients.Tls(Clients.Certificate(s_subject, s_issuer, [s_me1]), Clients.Aes256)),
        ("another subject", Clients.Tls(Clients.Certificate(s_otherSubject, s_issuer, [s_me1]))),
        ("another issuer", Clients.Tls(Clients.Certificate(s_subject, s_otherIssuer, [s_me1]))),
        ("no SAN", Clients.Tls(Clients.Certificate(s_subject, s_issuer))),
        ("another SAN", Clients.Tls(Clients.Certificate(s_subject, s_issuer, [s_me2]))),
    ];

    public static TheoryData<string, string> Cells =>
        [.. from account in s_rows.Ids from connection in s_connections select (account, connection.Id)];

    [Theory, MemberData(nameof(Cells))]
    public void Evaluate_ReturnsTheReasonInTheTable(string account, string connection)
    {
        int column = Array.FindIndex(s_connections, c => c.Id == connection);
        string cell = s_rows[account][column + 1];
        RejectionReason expected = cell.Length == 0 ? RejectionReason.None : Enum.Parse<RejectionReason>(cell);

        ParseRequirement(account).Evaluate(s_connections[column].Connection).Should().Be(expected);
    }

    // Each case fails the named check and the checks after it, so only the first failure can give the reason.
    public static TheoryData<string, RejectionReason> Faults => new()
    {
        { "no TLS", RejectionReason.InsecureTransport },
        { "cipher", RejectionReason.CipherMismatch },
        { "certificate", RejectionReason.CertificateMissing },
        { "issuer", RejectionReason.IssuerMismatch },
        { "issuer malformed", RejectionReason.IssuerMalformed },
        { "subject", RejectionReason.SubjectMismatch },
        { "subject malformed", RejectionReason.SubjectMalformed },
        { "san", RejectionReason.SanMismatch },
        { "san malformed", RejectionReason.SanMalformed },
        { "san repeated", RejectionReason.SanMalformed },
        { "none", RejectionReason.None },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Evaluate_ReturnsTheReasonOfTheFirstFailedCheck(string fault, RejectionReason expected)
    {
        LoginRequirement requirement = LoginRequirement.Parse(AllOptions);
        TestName issuer = TestName.Of(("CN", "i"));
        TestName subject = TestName.Of(("CN", "s"));
        TestName other = TestName.Of(("CN", "x"));
        TestExtension malformed = Clients.San(0x30, 0x00);
        TestExtension good = Clients.San(TestSan.Encode(TestSan.Dns("d")));

        TlsConnectionInfo? connection = fault switch
        {
            "no TLS" => null,
            "cipher" => Clients.Tls(suite: Clients.Aes256),
            "certificate" => Clients.TlsRejected(new(RejectionReason.CertificateExpired)),
            "issuer" => Connect(other, Clients.MalformedName, malformed),
            "issuer malformed" => Connect(Clients.MalformedName, Clients.MalformedName, malformed),
            "subject" => Connect(issuer, other, malformed),
            "subject malformed" => Connect(issuer, Clients.MalformedName, malformed),
            "san" => Connect(issuer, subject, Clients.San(TestSan.Encode(TestSan.Dns("x")))),
            "san malformed" => Connect(issuer, subject, malformed),
            "san repeated" => Connect(issuer, subject, good, good),
            _ => Connect(issuer, subject, good),
        };

        requirement.Evaluate(connection).Should().Be(expected);
    }

    [Theory]
    [InlineData("X509")]
    [InlineData("CIPHER 'TLS_AES_128_GCM_SHA256'")]
    [InlineData("ISSUER '/CN=CA'")]
    [InlineData("SUBJECT '/CN=client'")]
    [InlineData("SAN 'DNS:d'")]
    public void Evaluate_TreatsAnUnverifiedCertificateAsMissing(string clause)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);
        ParsedCertificate certificate = Clients.Certificate(sans: [TestSan.Dns("d")]);

        requirement.Evaluate(Clients.Tls(certificate)).Should().Be(RejectionReason.None);
        requirement.Evaluate(Clients.Tls()).Should().Be(RejectionReason.CertificateMissing);
        requirement.Evaluate(Clients.TlsRejected(new(RejectionReason.UntrustedIssuer))).Should().Be(RejectionReason.CertificateMissing);
    }

    [Fact]
    public void Evaluate_AcceptsAnUnverifiedCertificate_ForSsl() =>
        LoginRequirement.Ssl.Evaluate(Clients.TlsRejected(new(RejectionReason.UntrustedIssuer))).Should().Be(RejectionReason.None);

    public static TheoryData<string, TestName> MalformedNames => new()
    {
        { "bad UTF-8", Clients.MalformedName },
        { "BMPString of odd length", TestName.FromRdns(new TestRdn(TestNameAttribute.Raw("CN", 0x1E, [0x00]))) },
        { "PrintableString over 0x7F", TestName.FromRdns(new TestRdn(TestNameAttribute.Raw("CN", 0x13, [0xE9]))) },
        {
            "after a valid attribute",
            TestName.FromRdns(new(new TestNameAttribute("CN", "a")), new(TestNameAttribute.Raw("O", 0x0C, [0xFF])))
        },
        { "empty RDN", TestName.FromRdns(new TestRdn()) },
        {
            "extra element in an attribute",
            TestName.FromDer([0x30, 0x0B, 0x31, 0x09, 0x30, 0x07, 0x06, 0x03, 0x55, 0x04, 0x03, 0x05, 0x00])
        },
    };

    [Theory, MemberData(nameof(MalformedNames))]
    public void Evaluate_DistinguishesMalformedFromMismatchedNames(string id, TestName name)
    {
        bool isMalformed = id != "extra element in an attribute";
        LoginRequirement subject = LoginRequirement.Parse("SUBJECT '/CN=a'");
        LoginRequirement issuer = LoginRequirement.Parse("ISSUER '/CN=a'");

        subject.Evaluate(Clients.Tls(Clients.Certificate(subject: name))).Should().Be(
            isMalformed ? RejectionReason.SubjectMalformed : RejectionReason.SubjectMismatch);
        issuer.Evaluate(Clients.Tls(Clients.Certificate(issuer: name))).Should().Be(
            isMalformed ? RejectionReason.IssuerMalformed : RejectionReason.IssuerMismatch);
    }

    private static TlsConnectionInfo Connect(TestName issuer, TestName subject, params TestExtension[] extensions) =>
        Clients.Tls(Clients.Certificate(subject, issuer, extensions: extensions));

    private static LoginRequirement ParseRequirement(string account)
    {
        string text = s_rows[account][0];
        if (text.StartsWith(Stored, StringComparison.Ordinal))
            return LoginRequirement.FromStored(new(text[Stored.Length..]));

        return LoginRequirement.Parse(text
            .Replace(
                "'ISS in another order'", "'/C=US/ST=California/L=San Francisco/OU=TiDB/O=PingCAP/CN=TiDB admin'", StringComparison.Ordinal)
            .Replace("'SUB in another order'", "'/C=ZH/ST=Beijing/L=Haidian/OU=TiDB/O=PingCAP.Inc/CN=tester1'", StringComparison.Ordinal)
            .Replace("'ISS'", "'/C=US/ST=California/L=San Francisco/O=PingCAP/OU=TiDB/CN=TiDB admin'", StringComparison.Ordinal)
            .Replace("'SUB'", "'/C=ZH/ST=Beijing/L=Haidian/O=PingCAP.Inc/OU=TiDB/CN=tester1'", StringComparison.Ordinal));
    }
}
