using CertAuth.Trust;
using static CertAuth.Tests.Support.TrustExtensions;

namespace CertAuth.Tests.Trust;

public sealed class TrustWarningsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly TestName s_name = TestName.Of(("CN", "ca"));

    [Fact]
    public void GetWarnings_IsEmpty_ForAGoodCa() => Kinds(Ca(new())).Should().BeEmpty();

    [Fact]
    public void GetWarnings_ReportsTwoAnchorsWithTheSameSubject()
    {
        TestCertificateAuthority ca = Ca(new());
        TestCertificateAuthority otherSpelling = Ca(new(), TestName.Of(("CN", " CA ")));

        Kinds(ca, ca.Rotate()).Should().Equal(TrustWarningKind.SameSubject, TrustWarningKind.SameSubject);
        Kinds(ca, otherSpelling).Should().Equal(TrustWarningKind.SameSubject, TrustWarningKind.SameSubject);
        Kinds(ca, Ca(new(), TestName.Of(("CN", "another")))).Should().BeEmpty();
    }

    [Fact]
    public void GetWarnings_ReportsAMissingKeyIdentifier() =>
        Kinds(Ca(new() { SubjectKeyIdentifier = false })).Should().Equal(TrustWarningKind.NoKeyIdentifier);

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void GetWarnings_ReportsAnAnchorThatIsNotACa(bool? isCa) =>
        Kinds(Ca(new() { IsCa = isCa })).Should().Equal(TrustWarningKind.NotACa);

    [Theory]
    [InlineData(false, new[] { TrustWarningKind.NotACa })]
    [InlineData(true, new[] { TrustWarningKind.Version1Root, TrustWarningKind.NoKeyIdentifier })]
    public void GetWarnings_TreatsAVersion1RootAsCa_ByOption(bool allowed, TrustWarningKind[] expected)
    {
        TestCertificateAuthority ca = Ca(new() { Version = TestCertificateVersion.V1 });
        TrustBundle bundle = Bundle(
            new TrustBundleOptions { TimeProvider = new FixedClock(s_now), AllowVersion1Anchors = allowed }, ca.Certificate);

        bundle.GetWarnings().Select(w => w.Kind).Should().Equal(expected);
    }

    // The certificate is valid until the end of the second of notAfter. The warning is given from less than 30 days before the beginning of
    // that second.
    [Theory]
    [InlineData(0, TrustWarningKind.ExpiresSoon)]
    [InlineData(TimeSpan.TicksPerSecond - 1, TrustWarningKind.ExpiresSoon)]
    [InlineData(TimeSpan.TicksPerSecond, TrustWarningKind.Expired)]
    [InlineData(-30 * TimeSpan.TicksPerDay, TrustWarningKind.None)]
    [InlineData((-30 * TimeSpan.TicksPerDay) + 1, TrustWarningKind.ExpiresSoon)]
    public void GetWarnings_ReportsExpiry(long ticksAfterNotAfter, TrustWarningKind expected)
    {
        FixedClock clock = new(s_now);
        TestCertificateAuthority ca = Ca(new() { NotBefore = s_now.AddYears(-1), NotAfter = s_now });
        TrustBundle bundle = Bundle(new TrustBundleOptions { TimeProvider = clock }, ca.Certificate);
        clock.Now = s_now.AddTicks(ticksAfterNotAfter);

        Assert.Equal(expected == TrustWarningKind.None ? [] : [expected], bundle.GetWarnings().Select(w => w.Kind));
    }

    [Theory]
    [InlineData(0, TrustWarningKind.None)]
    [InlineData(-1, TrustWarningKind.NotYetValid)]
    public void GetWarnings_ReportsNotYetValid(long ticksAfterNotBefore, TrustWarningKind expected)
    {
        FixedClock clock = new(s_now.AddTicks(ticksAfterNotBefore));
        TestCertificateAuthority ca = Ca(new() { NotBefore = s_now });
        TrustBundle bundle = Bundle(new TrustBundleOptions { TimeProvider = clock }, ca.Certificate);

        Assert.Equal(expected == TrustWarningKind.None ? [] : [expected], bundle.GetWarnings().Select(w => w.Kind));
    }

    [Fact]
    public void GetWarnings_DoesNotOverflow_AtBothEndsOfTheCalendar()
    {
        DateTimeOffset last = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
        DateTimeOffset first = new(1950, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Kinds(Ca(new() { NotBefore = first, NotAfter = last })).Should().BeEmpty();
        Kinds(Ca(new() { NotBefore = first, NotAfter = first })).Should().Equal(TrustWarningKind.Expired);
        Kinds(Ca(new() { NotBefore = last, NotAfter = last })).Should().Equal(TrustWarningKind.NotYetValid);
    }

    [Theory]
    [InlineData(TestKeyType.Rsa1024, true)]
    [InlineData(TestKeyType.Rsa2048, false)]
    [InlineData(TestKeyType.P521, false)]
    public void GetWarnings_ReportsAWeakKey(TestKeyType key, bool weak) =>
        Assert.Equal(weak ? [TrustWarningKind.UnusableKey] : [], Kinds(Ca(new() { KeyType = key })));

    [Fact]
    public void ToString_FitsALogLine()
    {
        TrustBundle bundle = Bundle(Ca(new() { IsCa = false }, TestName.Of(("CN", "evil\n\u202Eca"))).Certificate);

        string line = bundle.GetWarnings().Should().ContainSingle().Which.ToString();

        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\u202E', line);
        line.Should().StartWith("The certificate /CN=evil")
            .And.EndWith(
                " is not a CA certificate. Certificates that it issued are rejected; only the certificate itself can be accepted.");
    }

    private static TestCertificateAuthority Ca(TestCertificateAuthorityOptions options, TestName? name = null) =>
        TestCertificateAuthority.Create(name ?? s_name, options with { TimeProvider = new FixedClock(s_now) });

    private static TrustWarningKind[] Kinds(params TestCertificateAuthority[] cas)
    {
        TrustBundle bundle = Bundle(new TrustBundleOptions { TimeProvider = new FixedClock(s_now) }, [.. cas.Select(ca => ca.Certificate)]);
        return [.. bundle.GetWarnings().Select(w => w.Kind)];
    }
}
