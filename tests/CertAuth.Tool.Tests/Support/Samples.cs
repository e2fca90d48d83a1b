using System.Text;
using CertAuth.Testing;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Certificates for tests, made once: by a CA with an ordinary name, at a time that stands.</summary>
internal static class Samples
{
    internal static DateTimeOffset Now { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>For <c>--at</c>.</summary>
    internal const string At = "2026-11-21T12:00:00Z";

    internal static TestCertificateAuthority Ca { get; } = CreateCa("Example CA");

    internal static TestName Alice { get; } = TestName.Of(("C", "US"), ("O", "Example"), ("CN", "alice"));

    /// <summary>A client certificate of <see cref="Ca"/> without peculiarities.</summary>
    internal static TestCertificate AliceCertificate { get; } = Ca.IssueClient(Alice, TestSan.Dns("alice.example"), TestSan.Uri("spiffe://example/alice"));

    internal static TestCertificateAuthority CreateCa(string commonName, TestCertificateAuthorityOptions? options = null) => TestCertificateAuthority.Create(
        TestName.Of(("C", "US"), ("O", "Example"), ("CN", commonName)), (options ?? new()) with { TimeProvider = options?.TimeProvider ?? new FixedClock(Now) });

    internal static byte[] Bytes(this string pem) => Encoding.UTF8.GetBytes(pem);
}
