using CertAuth.EndToEnd.Tests.Support;
using FluentAssertions;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>A certificate that does not verify: the handshake fails, or the login goes on as one without certificate; the server's options
/// say which.</summary>
/// <remarks><c>twin</c> is of a CA that has the trusted one's name. Its own CA comes with it here: see the last test.</remarks>
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
        DocumentedSite.Need();
        foreach (string account in new[] { "subject", "none" })
        {
            Attempt attempt = await site.LogInAsync(site.Server, account, certificate, version, "select 1");
            attempt.Printed.Should().StartWith("ERROR 2026 (HY000): TLS/SSL error: ");
            (attempt.Text("event"), attempt.Text("reason")).Should().Be(("handshake", reason));
        }
    }

    [Theory, MemberData(nameof(Certificates))]
    public async Task ContinuingServer_TreatsItAsNone(string certificate, string version, string reason)
    {
        DocumentedSite.Need();
        Attempt denied = await site.LogInAsync(site.Continuing, "subject", certificate, version, "select 1");
        denied.Printed.Should().Be(Attempt.Denied("subject"));
        denied.Outcome.Should().Be("CertificateMissing");
        denied.Tls("certificate_rejection").Should().StartWith($"{reason}: ");

        Attempt allowed = await site.LogInAsync(site.Continuing, "none", certificate, version, "select current_user()");
        (allowed.Printed, allowed.Outcome).Should().Be(("none@%", "allowed"));
        allowed.Tls("certificate").Should().BeNull();
    }

    // A client of OpenSSL that has but its own certificate adds a CA that it trusts and whose name fits, even if it is not the one that
    // signed. With TLS 1.3, SslStream of .NET 10 then fails the handshake before anybody is asked about the certificate: an error that
    // OpenSSL's own look at the two leaves behind is taken for the handshake's.
    [Theory]
    [InlineData("TLSv1.2", true)]
    [InlineData("TLSv1.3", false)]
    public async Task CaItselfAsClient_IsRejected(string version, bool isAsked)
    {
        DocumentedSite.Need();
        Attempt failed = await site.LogInAsync(site.Server, "subject", "twin", version, "select 1");
        failed.Printed.Should().StartWith("ERROR 2026 (HY000): TLS/SSL error: ");
        failed.Text("event").Should().Be("handshake");

        Attempt denied = await site.LogInAsync(site.Continuing, "subject", "twin", version, "select 1");
        denied.Printed.Should().StartWith(isAsked ? Attempt.Denied("subject") : "ERROR ");
        denied.Outcome.Should().NotBe("allowed");
    }
}
