using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

public sealed class AllocationTests
{
    private const string AllOptions =
        "CIPHER 'TLS_AES_128_GCM_SHA256' ISSUER '/CN=i' SUBJECT '/CN=s' SAN 'DNS:d,IP:10.0.0.1,URI:spiffe://d/*/x,URI:urn:a'";

    private static readonly TestSan[] s_names =
    [
        .. Enumerable.Range(0, 997).Select(i => TestSan.Uri($"spiffe://d/{i}/y")),
        TestSan.Ip(new([10, 0, 0, 1])),
        TestSan.Uri("spiffe://d/a/x"),
        TestSan.Dns("D"),
    ];

    private static readonly TestName s_issuer = TestName.Of(("CN", "i"));
    private static readonly TestName s_subject = TestName.Of(("CN", "s"));

    public static TheoryData<RejectionReason, string> Cases => new()
    {
        { RejectionReason.None, "NONE" },
        { RejectionReason.None, "SSL" },
        { RejectionReason.None, "X509" },
        { RejectionReason.None, AllOptions },
        { RejectionReason.InsecureTransport, AllOptions },
        { RejectionReason.CipherMismatch, AllOptions },
        { RejectionReason.CertificateMissing, AllOptions },
        { RejectionReason.IssuerMismatch, AllOptions },
        { RejectionReason.IssuerMalformed, AllOptions },
        { RejectionReason.SubjectMismatch, AllOptions },
        { RejectionReason.SubjectMalformed, AllOptions },
        { RejectionReason.SanMismatch, AllOptions },
        { RejectionReason.SanMalformed, AllOptions },
        { RejectionReason.RequirementMalformed, "abc" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Evaluate_AllocatesNothing(RejectionReason reason, string clause)
    {
        LoginRequirement requirement =
            reason == RejectionReason.RequirementMalformed ? LoginRequirement.FromStored(new(clause)) : LoginRequirement.Parse(clause);
        TlsConnectionInfo? connection = Connect(reason);
        requirement.Evaluate(connection).Should().Be(reason);

        AllocatedBy(() => requirement.Evaluate(connection)).Should().Be(0);
    }

    [Fact]
    public void Evaluate_AllocatesNothing_WithAnyOption()
    {
        VerifiedCertificate certificate = Clients.Verified(Clients.Certificate(s_subject, s_issuer, s_names));
        Sha256Digest pin = new(certificate.Sha256.Span);
        Sha256Digest key = new(certificate.PublicKeySha256.Span);
        string options = $"{AllOptions} SUBJECT_CONTAINS '/CN=s' CERTIFICATE '{pin}' PUBLIC_KEY '{key}'";
        string[] alternatives = [.. Enumerable.Range(0, 16).Select(i => $"{options} ISSUER_KEY '{i:x64}'")];
        TlsConnectionInfo connection = Clients.TlsWith(certificate);

        foreach ((string clause, RejectionReason reason) in new[]
        {
            (options, RejectionReason.None),
            (string.Join(" OR ", alternatives), RejectionReason.IssuerKeyMismatch),
            ($"{string.Join(" OR ", alternatives[1..])} OR PUBLIC_KEY '{key}'", RejectionReason.None),
        })
        {
            LoginRequirement requirement = LoginRequirement.Parse(clause);
            requirement.Evaluate(connection).Should().Be(reason);
            AllocatedBy(() => requirement.Evaluate(connection)).Should().Be(0);
        }
    }

    // A required name caches the first encoding that matched it. Other encodings are compared attribute by attribute.
    [Fact]
    public void Evaluate_AllocatesNothing_ForAnotherEncodingOfTheName()
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/CN=é'");
        TlsConnectionInfo[] connections =
        [
            .. new[] { TestStringType.Utf8, TestStringType.T61, TestStringType.Bmp, TestStringType.Universal }.Select(type =>
                Clients.Tls(Clients.Certificate(TestName.FromRdns(new TestRdn(new TestNameAttribute("CN", "é", type)))))),
        ];
        connections.Should().AllSatisfy(connection => requirement.Evaluate(connection).Should().Be(RejectionReason.None));

        connections.Should().AllSatisfy(connection => AllocatedBy(() => requirement.Evaluate(connection)).Should().Be(0));
    }

    [Fact]
    public void IsMetBy_AllocatesNothing_ForManyNames()
    {
        VerifiedCertificate certificate = Clients.Verified(Clients.Certificate(sans: s_names));
        SanRequirement met = SanRequirement.Parse("DNS:d,IP:10.0.0.1,URI:spiffe://d/*/x");
        SanRequirement notMet = SanRequirement.Parse("DNS:e,URI:spiffe://d/*/z");
        met.IsMetBy(certificate).Should().BeTrue();
        notMet.IsMetBy(certificate).Should().BeFalse();

        AllocatedBy(() => met.IsMetBy(certificate)).Should().Be(0);
        AllocatedBy(() => notMet.IsMetBy(certificate)).Should().Be(0);
    }

    private static TlsConnectionInfo? Connect(RejectionReason reason)
    {
        TestName other = TestName.Of(("CN", "x"));
        return reason switch
        {
            RejectionReason.InsecureTransport => null,
            RejectionReason.CertificateMissing => Clients.TlsRejected(new(RejectionReason.CertificateExpired)),
            RejectionReason.CipherMismatch => Clients.Tls(Clients.Certificate(s_subject, s_issuer, s_names), Clients.Aes256),
            RejectionReason.IssuerMismatch => Clients.Tls(Clients.Certificate(s_subject, other, s_names)),
            RejectionReason.IssuerMalformed => Clients.Tls(Clients.Certificate(s_subject, Clients.MalformedName, s_names)),
            RejectionReason.SubjectMismatch => Clients.Tls(Clients.Certificate(other, s_issuer, s_names)),
            RejectionReason.SubjectMalformed => Clients.Tls(Clients.Certificate(Clients.MalformedName, s_issuer, s_names)),
            RejectionReason.SanMismatch => Clients.Tls(Clients.Certificate(s_subject, s_issuer, s_names[..^1])),
            RejectionReason.SanMalformed => Clients.Tls(Clients.Certificate(s_subject, s_issuer, [.. s_names, TestSan.Dns("\0")])),
            _ => Clients.Tls(Clients.Certificate(s_subject, s_issuer, s_names)),
        };
    }

    private static long AllocatedBy<T>(Func<T> action)
    {
        const int Calls = 1_000;
        for (int i = 0; i < Calls; i++)
            action();

        return Allocation.Of(() =>
        {
            for (int i = 0; i < Calls; i++)
                action();
        });
    }
}
