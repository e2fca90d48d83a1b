using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.MariaDb;

/// <summary>The documented account <c>REQUIRE SAN 'DNS:d1,URI:spiffe://example.org/myservice1,URI:spiffe://example.org/myservice2'</c>
/// accepts a certificate with either URI and the name <c>d1</c>.</summary>
[Collection(DocumentedSite.Collection)]
public sealed class SanLoginTests(DocumentedSite site)
{
    [Theory]
    [InlineData("service1", "DNS:d1, URI:spiffe://example.org/myservice1", "accepted")]
    [InlineData("service2", "DNS:d1, URI:spiffe://example.org/myservice2", "accepted")]
    [InlineData("only-uris", "URI:spiffe://example.org/myservice1, URI:spiffe://example.org/myservice2", "SanMismatch")]
    [InlineData("only-names", "DNS:d1, DNS:d2", "SanMismatch")]
    public async Task Account_RequiresOneNameOfEachKind(string certificate, string presented, string outcome)
    {
        DocumentedSite.SkipIfMissing();
        string shown = await site.Shell.RunAsync($"openssl x509 -noout -ext subjectAltName -in {certificate}-cert.pem");
        shown.Split('\n')[1].Trim().Should().Be(presented);
        foreach (string version in new[] { "TLSv1.2", "TLSv1.3" })
        {
            Attempt attempt = await site.LogInAsync(site.Server, "u1", certificate, version, "select current_user()");
            attempt.Printed.Should().Be(outcome == "accepted" ? "u1@%" : Attempt.AccessDenied("u1"));
            (attempt.Outcome, attempt.Tls("version")).Should().Be((outcome, version.Replace("TLSv1.", "Tls1")));
        }
    }
}
