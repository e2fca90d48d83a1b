using System.Text;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Trust;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

/// <summary>Compares the evaluation of random policies with a slow reference, which is written from the specification.</summary>
public sealed class PolicyPropertyTests
{
    private static readonly TestCertificateAuthority[] s_cas =
        [.. Enumerable.Range(0, 2).Select(_ => TestCertificateAuthority.Create(TestName.Of(("CN", "i"))))];

    private static readonly VerifiedCertificate[] s_certificates = [.. CreateCertificates()];

    // Policies over few values, so that options are often met.
    private static Gen<string> Option { get; } = Gen.OneOf(
        Gen.Elements("CIPHER 'TLS_AES_128_GCM_SHA256'", "CIPHER 'TLS_AES_256_GCM_SHA384'", "CIPHER 'AES128-SHA:TLS_AES_128_GCM_SHA256'"),
        Gen.Elements("ISSUER '/CN=i'", "ISSUER '/CN=j'"),
        Gen.Elements(s_cas).Select(ca => $"ISSUER_KEY '{new Sha256Digest(ParsedCertificate.Parse(ca.Der.Span).PublicKeySha256.Span)}'"),
        Gen.Elements("SUBJECT '/O=o/CN=a'", "SUBJECT '/O=o/CN=b'"),
        Gen.Elements("SUBJECT_CONTAINS '/CN=a'", "SUBJECT_CONTAINS '/O=o'", "SUBJECT_CONTAINS '/CN=a/O=o'"),
        Gen.Elements("SAN 'DNS:a'", "SAN 'DNS:b,DNS:a'", "SAN 'DNS:a,URI:x:y'"),
        Gen.Elements(s_certificates).Select(certificate => $"CERTIFICATE '{new Sha256Digest(certificate.Sha256.Span)}'"),
        Gen.Elements(s_certificates).Select(certificate => $"PUBLIC_KEY '{new Sha256Digest(certificate.PublicKeySha256.Span)}'"));

    private static Gen<LoginRequirement> Policies { get; } =
        from count in Gen.Frequency((8, Gen.Choose(1, 3)), (1, Gen.Choose(4, 16)))
        from alternatives in Gen.Choose(1, 6).SelectMany(options => Option.ListOf(options)).ListOf(count)
        let clauses = alternatives
            .Select(options => string.Join(' ', options.DistinctBy(option => option.Split(' ')[0]).Order(StringComparer.Ordinal)))
            .Distinct().ToArray()
        where clauses.Length > 0
        select LoginRequirement.Parse(string.Join(" OR ", clauses));

    private static Gen<TlsConnectionInfo?> Connections { get; } = Gen.Frequency(
        (1, Gen.Constant<TlsConnectionInfo?>(null)),
        (1, Gen.Constant<TlsConnectionInfo?>(Clients.Tls())),
        (10,
            from certificate in Gen.Elements(s_certificates)
            from suite in Gen.Elements(Clients.Aes128, Clients.Aes256)
            select (TlsConnectionInfo?)Clients.TlsWith(certificate, suite)));

    [Fact]
    public void Evaluate_AgreesWithTheReference() => Prop.ForAll(Policies.Zip(Connections).ToArbitrary(), c =>
    {
        (LoginRequirement policy, TlsConnectionInfo? connection) = c;
        (RejectionReason expected, int alternative) = Decide(policy, connection);
        RequirementCheck[] checks = [.. policy.Explain(connection)];
        return policy.Evaluate(connection) == expected
            && (expected == RejectionReason.None || policy.ExplainRejection(connection).Equals(
                checks.First(check => !check.IsMet && (check.Alternative == alternative || connection is null)).Details));
    }).Check(Generators.Times(5_000));

    [Fact]
    public void Policies_AreOftenMetAndOftenNot()
    {
        LoginRequirement[] policies = [.. Policies.Sample(500)];
        TlsConnectionInfo connection = Clients.TlsWith(s_certificates[0]);

        int met = policies.Count(policy => policy.Evaluate(connection) == RejectionReason.None);

        met.Should().BeInRange(25, 475);
    }

    // The first check that is not met in each alternative; of these, the one lowest in the table, and of these the first.
    private static (RejectionReason Reason, int Alternative) Decide(LoginRequirement policy, TlsConnectionInfo? connection)
    {
        if (connection is null)
            return (RejectionReason.InsecureTransport, 0);
        (int Rank, RejectionReason Reason)[] misses = [.. policy.Alternatives.Select(a => FindMiss(a, connection))];
        if (misses.Any(miss => miss.Reason == RejectionReason.None))
            return (RejectionReason.None, 0);
        int furthest = misses.Max(miss => miss.Rank);
        int index = Array.FindIndex(misses, miss => miss.Rank == furthest);
        return (misses[index].Reason, index + 1);
    }

    private static (int Rank, RejectionReason Reason) FindMiss(RequirementAlternative alternative, TlsConnectionInfo connection)
    {
        VerifiedCertificate? certificate = connection.ClientCertificate;
        string[] keywords = ["CIPHER", "", "ISSUER", "ISSUER_KEY", "SUBJECT", "SUBJECT_CONTAINS", "SAN", "CERTIFICATE", "PUBLIC_KEY"];
        for (int rank = 0; rank < keywords.Length; rank++)
        {
            RequirementOption? option = alternative.Options.SingleOrDefault(o => o.Keyword == keywords[rank]);
            RejectionReason reason = option is CipherOption cipher && !cipher.Suites.Contains(connection.CipherSuite)
                ? RejectionReason.CipherMismatch
                : rank == 1 && certificate is null ? RejectionReason.CertificateMissing
                : certificate is null ? RejectionReason.None
                : FindMismatch(option, certificate);
            if (reason != RejectionReason.None)
                return (rank, reason);
        }

        return (keywords.Length, RejectionReason.None);
    }

    private static RejectionReason FindMismatch(RequirementOption? option, VerifiedCertificate certificate)
    {
        DistinguishedName subject = DistinguishedName.ParseDer(certificate.SubjectDer.Span);
        DistinguishedName issuer = DistinguishedName.ParseDer(certificate.IssuerDer.Span);
        return option switch
        {
            IssuerOption o when !o.Name.Equals(issuer) => RejectionReason.IssuerMismatch,
            IssuerKeyOption o when !Contains(o, certificate.IssuerKeySha256) => RejectionReason.IssuerKeyMismatch,
            SubjectOption o when !o.Name.Equals(subject) => RejectionReason.SubjectMismatch,
            SubjectContainsOption o when !IsSubsequence(o.Name.ToString(), subject.ToString()) => RejectionReason.SubjectPartMissing,
            SanOption o when !o.Requirement.IsMetBy(certificate) => RejectionReason.SanMismatch,
            CertificateOption o when !Contains(o, certificate.Sha256) => RejectionReason.CertificateMismatch,
            PublicKeyOption o when !Contains(o, certificate.PublicKeySha256) => RejectionReason.PublicKeyMismatch,
            _ => RejectionReason.None,
        };
    }

    private static bool Contains(DigestOption option, ReadOnlyMemory<byte> digest) =>
        option.Value.Contains(Convert.ToHexStringLower(digest.Span), StringComparison.Ordinal) && !digest.IsEmpty;

    private static bool IsSubsequence(string parts, string name)
    {
        Queue<string> rest = new(name.Split('/').Skip(1));
        return parts.Split('/').Skip(1).All(part =>
        {
            while (rest.TryDequeue(out string? rdn))
            {
                if (rdn == part)
                    return true;
            }

            return false;
        });
    }

    private static IEnumerable<VerifiedCertificate> CreateCertificates()
    {
        foreach (TestCertificateAuthority ca in s_cas)
        {
            TrustBundle bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(ca.Pem));
            foreach (string name in new[] { "a", "b" })
            {
                TestCertificate leaf = ca.IssueClient(TestName.Of(("O", "o"), ("CN", name)), TestSan.Dns(name), TestSan.Uri("x:y"));
                bundle.TryVerify(leaf.Der.Span, [], out VerifiedCertificate? verified, out Rejection? rejection)
                    .Should().BeTrue(rejection?.ToString());
                yield return verified!;
            }
        }
    }
}
