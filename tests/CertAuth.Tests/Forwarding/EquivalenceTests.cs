using CertAuth.Certificates;
using CertAuth.Der;
using CertAuth.Forwarding;
using CertAuth.Names;
using CertAuth.Requirements;
using CertAuth.Tests.Certificates;
using CertAuth.Tests.Names;
using CertAuth.Tests.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Forwarding;

/// <summary>Checks that a requirement has the same verdict on the facts of a direct connection and on the same facts if they are
/// forwarded.</summary>
public sealed class EquivalenceTests
{
    // Each certificate is compared with the names of all certificates, some of which are almost equal.
    private static readonly Lazy<LoginRequirement[]> s_subjects = new(() =>
    [
        .. NameVector.File.All.Where(vector => vector.Parses).Select(vector => FormatOrNull(vector.Subject)).OfType<string>()
            .Where(text => text.Length is > 0 and < 4000).Distinct().Select(text => Clause("SUBJECT", text)),
    ]);

    public static TheoryData<string> Names => NameVector.File.IdsWhere(vector => vector.Parses);

    public static TheoryData<string> Sans => SanVector.File.IdsWhere(vector => vector.IsWellFormed);

    [Theory, MemberData(nameof(Names))]
    public async Task Evaluate_AgreesOnForwardedNames(string id)
    {
        if (!ParsedCertificate.TryParse(NameVector.File[id].DerB64, out ParsedCertificate? certificate, out _))
            return;

        TlsConnectionInfo direct = Clients.Tls(certificate);
        TlsConnectionInfo? forwarded = await ForwardAsync(direct);
        if (forwarded is null)
            return;

        List<LoginRequirement> requirements = [.. s_subjects.Value, LoginRequirement.X509];
        if (FormatOrNull(certificate.SubjectDer.Span) is { Length: > 0 } subject)
        {
            requirements.Add(Clause("SUBJECT", subject));
            Clause("SUBJECT", subject).Evaluate(forwarded).Should().Be(RejectionReason.None);
        }

        if (FormatOrNull(certificate.IssuerDer.Span) is { Length: > 0 } issuer)
            requirements.Add(Clause("ISSUER", issuer));
        AssertSameVerdicts(requirements, direct, forwarded);
        $"{forwarded.ClientCertificate}".Should().Be($"{direct.ClientCertificate}");
    }

    [Theory, MemberData(nameof(Sans))]
    public async Task Evaluate_AgreesOnForwardedAlternativeNames(string id)
    {
        if (!ParsedCertificate.TryParse(SanVector.File[id].DerB64, out ParsedCertificate? certificate, out _))
            return;

        TlsConnectionInfo direct = Clients.Tls(certificate);
        TlsConnectionInfo? forwarded = await ForwardAsync(direct);
        if (forwarded is null)
            return;

        SubjectAlternativeName[] names = [.. certificate.GetSubjectAlternativeNames().Where(IsForwarded)];
        List<string> clauses =
        [
            "DNS:d1", "DNS:*.domain.com", "URI:spiffe://*/bar/*", "URI:spiffe://d.com/bar/*", "IP:127.0.0.1", "DNS:a,URI:b",
            "URI:spiffe://example.org/*", .. names.Where(IsRequirable).Select(name => name.ToString()).Distinct(),
        ];
        if (names.Length is > 1 and < 20 && names.All(IsRequirable))
            clauses.Add(string.Join(',', (object[])names));

        AssertSameVerdicts([.. clauses.Select(clause => Clause("SAN", clause))], direct, forwarded);
        forwarded.ClientCertificate!.GetSubjectAlternativeNames().Should().Equal(names);
    }

    [Fact]
    public void Evaluate_AgreesOnRandomNames() => Prop.ForAll(
        NameGenerator.Pairs.Zip(Generators.SanCases).ToArbitrary(),
        pair =>
        {
            (byte[] required, byte[] presented) = pair.Item1;
            if (!DerReader.IsSingleSequence(presented))
                return true;

            // A proxy does not forward email addresses.
            (SanKind, string)[] sanItems = [.. pair.Item2.Required.Where(item => item.Kind != SanKind.Email)];
            TestSan[] sans = [.. pair.Item2.Presented.Take(50).Select(Generators.CreateSan)];
            TlsConnectionInfo direct = Clients.Tls(Clients.Certificate(TestName.FromDer(presented), TestName.FromDer(required), sans));
            if (Tokens.TryIssue(direct, out Rejection? rejection) is not { } attributes)
            {
                return rejection!.Reason == RejectionReason.ForwardingFactsUnrepresentable
                    && (FormatOrNull(presented) is null || FormatOrNull(required) is null);
            }

            CertInfoResult result = Tokens.VerifyAsync(attributes).GetAwaiter().GetResult();
            _ = DistinguishedName.TryParseDer(required, out DistinguishedName? name, out _);
            LoginRequirement[] clauses =
            [
                .. sanItems.Length == 0 ? [] : new[] { Clause("SAN", Generators.Write(sanItems)) },
                .. name!.Rdns.IsEmpty ? [] : new[] { Clause("SUBJECT", name.ToString()), Clause("ISSUER", name.ToString()) },
            ];
            AssertSameVerdicts(clauses, direct, result.Connection!);
            return true;
        }).Check(Generators.Times(1500));

    private static async Task<TlsConnectionInfo?> ForwardAsync(TlsConnectionInfo direct)
    {
        if (Tokens.TryIssue(direct, out Rejection? rejection) is not { } attributes)
        {
            // The facts are malformed or too large for a token.
            ParsedCertificate certificate = direct.ClientCertificate!.Certificate!;
            bool isMalformed = FormatOrNull(certificate.SubjectDer.Span) is null || FormatOrNull(certificate.IssuerDer.Span) is null
                || certificate.SanState is SanState.Malformed or SanState.Repeated;
            rejection!.Reason.Should().Be(RejectionReason.ForwardingFactsUnrepresentable);
            (isMalformed || certificate.Der.Length > 5_000).Should().BeTrue($"{rejection}");
            return null;
        }

        CertInfoResult result = await Tokens.VerifyAsync(attributes);
        result.Succeeded.Should().BeTrue($"{result.Rejection}");
        result.Connection!.ClientCertificate!.Sha256.ToArray().Should().Equal(direct.ClientCertificate!.Sha256.ToArray());
        return result.Connection;
    }

    private static void AssertSameVerdicts(
        IEnumerable<LoginRequirement> requirements, TlsConnectionInfo direct, TlsConnectionInfo forwarded)
    {
        foreach (LoginRequirement requirement in requirements)
        {
            RejectionReason expected = requirement.Evaluate(direct);
            if (expected != requirement.Evaluate(forwarded))
                Assert.Fail($"{requirement}: {expected} on direct facts, {requirement.Evaluate(forwarded)} on forwarded facts");
        }
    }

    private static bool IsForwarded(SubjectAlternativeName name) => name.Kind is SanKind.Dns or SanKind.Uri or SanKind.IpAddress;

    // A requirement ignores white space around values, so some names cannot be required.
    private static bool IsRequirable(SubjectAlternativeName name) => SanRequirement.TryParse(name.ToString(), out _, out _);

    private static LoginRequirement Clause(string option, string value) =>
        LoginRequirement.Parse($"{option} {SqlString.Quote(value)}");

    private static string? FormatOrNull(ReadOnlySpan<byte> encoded) =>
        DistinguishedName.TryFormatDer(encoded, NameFormat.Canonical, out string? text, out _) ? text : null;
}
