using System.Text;

namespace CertAuth.Tool.Tests.Support;

/// <summary>Certificates for tests, created once, by a CA with an ordinary name and at a fixed time.</summary>
internal static class Samples
{
    internal static DateTimeOffset Now { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary><see cref="Now"/> for the option <c>--at</c>.</summary>
    internal const string At = "2026-11-21T12:00:00Z";

    internal static TestCertificateAuthority Ca { get; } = CreateCa("Example CA");

    internal static TestName Alice { get; } = TestName.Of(("C", "US"), ("O", "Example"), ("CN", "alice"));

    /// <summary>Gets an ordinary client certificate of <see cref="Ca"/>.</summary>
    internal static TestCertificate AliceCertificate { get; } =
        Ca.IssueClient(Alice, TestSan.Dns("alice.example"), TestSan.Uri("spiffe://example/alice"));

    internal static TestCertificateAuthority CreateCa(string commonName, TestCertificateAuthorityOptions? options = null) =>
        TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "Example"), ("CN", commonName)), WithFixedClock(options ?? new()));

    private static TestCertificateAuthorityOptions WithFixedClock(TestCertificateAuthorityOptions options) =>
        options with { TimeProvider = options.TimeProvider ?? new FixedClock(Now) };

    internal static byte[] ToUtf8(this string text) => Encoding.UTF8.GetBytes(text);
}
