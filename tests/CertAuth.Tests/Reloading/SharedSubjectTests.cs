using CertAuth.Certificates;
using CertAuth.Reloading;
using CertAuth.Trust;

namespace CertAuth.Tests.Reloading;

/// <summary>A bundle of two CAs with the same subject: the operator is warned when it is loaded, and not at each login.</summary>
public sealed class SharedSubjectTests : IDisposable
{
    private const string Warning =
        "has the same subject as another CA certificate, as during a rotation. Over TLS 1.3, an OpenSSL client that sends the other CA "
        + "cannot connect if its certificate has no authority key identifier. Issue client certificates with this extension.";

    private readonly RotationScene _scene = new();
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task TwoCasWithOneSubject_AreReportedOnce()
    {
        TestCertificateAuthority old = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        TestCertificate alice = old.Issue(new() { Subject = TestName.Of(("CN", "alice")), Version = TestCertificateVersion.V1 });
        _scene.ServerOptions = _scene.ServerOptions with { Logger = _logger };
        Reloadable<TrustBundle> bundle = await _scene.OpenBundleAsync(old);
        _logger.Of(1004).Should().BeEmpty();

        _scene.PutCas(old, old.Rotate());
        await bundle.ReloadAsync(Cancellation);
        for (int i = 0; i < 10; i++)
            bundle.Current.TryVerify(alice.Der.Span, [], out VerifiedCertificate? _, out Rejection? _).Should().BeTrue();
        await bundle.ReloadAsync(Cancellation);

        _logger.Of(1004).Should().HaveCount(2, "each of the two is named once")
            .And.OnlyContain(line => line.Text.Contains(Warning, StringComparison.Ordinal));
        bundle.Status.Warnings.Should().HaveCount(3, "the status also names the CA that issued such a certificate").And
            .Contain(warning => warning.Contains(Warning, StringComparison.Ordinal));
        bundle.Current.GetWarnings().Should().ContainSingle(warning => warning.Kind == TrustWarningKind.AmbiguousIssuer);
    }
}
