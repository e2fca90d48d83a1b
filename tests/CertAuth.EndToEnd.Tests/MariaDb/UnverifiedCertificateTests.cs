using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>A certificate that does not verify: depending on the server's options, the handshake fails or the login continues without
/// certificate.</summary>
/// <remarks>A CA with the same name as the trusted CA issued <c>twin</c>. With the file <c>twin-with-ca</c>, the client also sends that CA.
/// For <c>twin</c>, see the last test.</remarks>
[Collection(DocumentedSite.Collection)]
public sealed class UnverifiedCertificateTests(DocumentedSite site)
{
    public static TheoryData<string, string, string> Certificates => new()
    {
        { "stranger", "TLSv1.2", "UntrustedIssuer" },
        { "stranger", "TLSv1.3", "UntrustedIssuer" },
        { "twin-with-ca", "TLSv1.2", "CertificateBadSignature" },
        { "twin-with-ca", "TLSv1.3", "CertificateBadSignature" },
        { "expired", "TLSv1.2", "CertificateExpired" },
        { "expired", "TLSv1.3", "CertificateExpired" },
    };

    [Theory, MemberData(nameof(Certificates))]
    public async Task HandshakeFails_WhateverTheAccountRequires(string certificate, string version, string reason)
    {
        DocumentedSite.SkipIfMissing();
        foreach (string account in new[] { "subject", "none" })
        {
            Attempt attempt = await site.LogInAsync(site.Server, account, certificate, version, "select 1");
            attempt.Printed.Should().StartWith("ERROR 2026 (HY000): TLS/SSL error: ");
            (attempt.Text("event"), attempt.Text("reason")).Should().Be(("handshake", reason));
        }
    }

    [Theory, MemberData(nameof(Certificates))]
    public async Task HandshakeContinues_WithoutCertificate_WhenTheServerAllowsIt(string certificate, string version, string reason)
    {
        DocumentedSite.SkipIfMissing();
        Attempt rejected = await site.LogInAsync(site.Continuing, "subject", certificate, version, "select 1");
        rejected.Printed.Should().Be(Attempt.AccessDenied("subject"));
        rejected.Outcome.Should().Be("CertificateMissing");
        rejected.Tls("certificate_rejection_reason").Should().Be(reason);

        Attempt accepted = await site.LogInAsync(site.Continuing, "none", certificate, version, "select current_user()");
        (accepted.Printed, accepted.Outcome).Should().Be(("none@%", "accepted"));
        accepted.Tls("certificate").Should().BeNull();
    }

    // An OpenSSL client with only a leaf certificate also sends a trusted CA with the name of the issuer, even if that CA did not sign it.
    // With TLS 1.3, SslStream of .NET 10 then fails the handshake before it validates the certificate, because an error of OpenSSL's own
    // check of the two certificates remains in OpenSSL's error queue.
    [Theory]
    [InlineData("TLSv1.2", true)]
    [InlineData("TLSv1.3", false)]
    public async Task CertificateOfACaWithTheSameName_IsRejected_WhenTheClientAlsoSendsTheTrustedCa(string version, bool isLoginReached)
    {
        DocumentedSite.SkipIfMissing();
        Attempt failed = await site.LogInAsync(site.Server, "subject", "twin", version, "select 1");
        failed.Printed.Should().StartWith("ERROR 2026 (HY000): TLS/SSL error: ");
        failed.Text("event").Should().Be("handshake");

        Attempt rejected = await site.LogInAsync(site.Continuing, "subject", "twin", version, "select 1");
        rejected.Printed.Should().StartWith(isLoginReached ? Attempt.AccessDenied("subject") : "ERROR ");
        rejected.Outcome.Should().NotBe("accepted");
    }
}
