using System.Text;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Tests.Forwarding;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Authentication;

/// <summary>The contract of every <see cref="IAuthenticator"/> of the library.</summary>
public sealed class AuthenticatorContractTests
{
    private const string AccessDenied = "ERROR 1045 (28000): Access denied for user 'alice'@'' (using password: ";

    public static TheoryData<string> Names => [.. Logins.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_AcceptsAGoodLogin(string name)
    {
        AuthenticationResult result = await Logins.All[name].Authenticator.AuthenticateAsync(
            Logins.All[name].Good, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, $"{result}");
        Assert.Null(result.Rejection);
        (result.Identity.UserName, result.Identity.Method).Should().Be(("alice", Logins.All[name].Good.Account.Method));
        result.ToString().Should().StartWith("accepted: alice by ");
        Assert.DoesNotContain(Logins.All[name].Good.Attributes.WithoutCertInfo, IsCertInfo);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_ThrowsForANullRequest(string name) => await FluentActions.Awaiting(
        () => Logins.All[name].Authenticator.AuthenticateAsync(null!, TestContext.Current.CancellationToken).AsTask())
        .Should().ThrowExactlyAsync<ArgumentNullException>();

    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_ObservesCancellation(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        CancellationToken canceled = new(canceled: true);

        await FluentActions.Awaiting(() => authenticator.AuthenticateAsync(good, canceled).AsTask())
            .Should().ThrowExactlyAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => authenticator.AuthenticateAsync(good.With(connection: () => null), canceled).AsTask())
            .Should().ThrowExactlyAsync<OperationCanceledException>();
    }

    // The parts of these requests are empty, huge or hostile. Each request is rejected, and the client receives the same error for every
    // reason.
    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_RejectsHostileRequests(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        HashSet<RejectionReason> reasons = [];

        foreach (AuthenticationRequest request in CreateHostileRequests(good))
        {
            AuthenticationResult result = await authenticator.AuthenticateAsync(request, TestContext.Current.CancellationToken);

            Assert.False(result.Succeeded, $"{result}");
            Assert.Null(result.Identity);
            reasons.Add(result.Rejection.Reason);
            string line = result.ToString();
            Assert.DoesNotContain(line, char.IsControl);
            line.Length.Should().BeInRange(1, 8 * 512);

            string client = ClientError.For(request, result.Rejection).ToString();
            string expected = result.Rejection.Reason == RejectionReason.SecureTransportRequired
                ? "ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON."
                : $"{AccessDenied}{(request.Credential.IsEmpty ? "NO" : "YES")})";
            client.Should().Be(expected);

            Assert.DoesNotContain(request.Attributes.WithoutCertInfo, IsCertInfo);
        }

        reasons.Count.Should().BeGreaterThan(
            2, $"{string.Join(", ", reasons)}: too few reasons to show that the message does not depend on the reason.");
        reasons.Should().NotContain(RejectionReason.None);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_RejectsForwardedInfoOnADirectConnection(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        ConnectionAttribute os = new("_os", "linux");
        ConnectionAttribute info = new(CertInfoToken.InfoAttributeName, "{}"), signature = new(CertInfoToken.SignatureAttributeName, "v1.");
        ConnectionAttributes[] attributes = [new(os, info, signature), new(info), new(signature), Tokens.Issue(Logins.Alice)];

        foreach (ConnectionAttributes sent in attributes)
        {
            AuthenticationRequest request = good.With(isFromProxy: false, connection: () => Logins.Alice, attributes: sent);
            AuthenticationResult result = await authenticator.AuthenticateAsync(request, TestContext.Current.CancellationToken);
            (result.Rejection?.Reason).Should().Be(RejectionReason.ForwardedInfoUnexpected);
        }

        AuthenticationRequest harmless = good.With(isFromProxy: false, connection: () => Logins.Alice, attributes: new(os));
        (await authenticator.AuthenticateAsync(harmless, TestContext.Current.CancellationToken)).Succeeded.Should().BeTrue();
    }

    // The proxy's own certificate would meet the requirement of the account.
    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_NeverEvaluatesTheProxysOwnFacts(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        AuthenticationRequest request = good.With(
            isFromProxy: true,
            connection: () => Logins.Proxy,
            challenge: CertInfoRow.DefaultChallenge,
            attributes: ConnectionAttributes.None);

        AuthenticationResult result = await authenticator.AuthenticateAsync(request, TestContext.Current.CancellationToken);

        ((RejectionReason?[])[RejectionReason.ForwardedInfoNotAccepted, RejectionReason.ForwardedInfoMissing])
            .Should().Contain(result.Rejection?.Reason);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_RejectsAnAccount_WhenItsMethodHasNoAuthenticator(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        AuthenticationMethod method =
            good.Account.Method == AuthenticationMethod.Custom ? AuthenticationMethod.Token : AuthenticationMethod.Custom;
        Account other = Logins.CreateAccount(method, LoginRequirement.None);
        IAuthenticator bare = authenticator is LoginAuthenticator
            ? new LoginAuthenticator(Logins.Options with { TokenAuthenticator = null, Custom = null })
            : authenticator;

        AuthenticationResult result = await bare.AuthenticateAsync(
            good.With(account: other, credential: []), TestContext.Current.CancellationToken);

        (result.Rejection?.Reason).Should().Be(RejectionReason.AccountMethodMismatch);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task AuthenticateAsync_IsSafeForConcurrentUse(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        AuthenticationRequest[] requests =
            [good, good.With(account: WithUnmetRequirement(good.Account)), good.With(connection: () => null)];
        RejectionReason?[] expected = new RejectionReason?[requests.Length];
        for (int i = 0; i < requests.Length; i++)
            expected[i] = (await authenticator.AuthenticateAsync(requests[i], TestContext.Current.CancellationToken)).Rejection?.Reason;
        int wrong = 0;

        await Parallel.ForAsync(0, 600, TestContext.Current.CancellationToken, async (i, cancellation) =>
        {
            AuthenticationResult result = await authenticator.AuthenticateAsync(requests[i % requests.Length], cancellation);
            if (result.Rejection?.Reason != expected[i % requests.Length])
                Interlocked.Increment(ref wrong);
        });

        wrong.Should().Be(0);
        expected[0].Should().BeNull();
        expected[1].Should().NotBeNull();
    }

    private static IEnumerable<AuthenticationRequest> CreateHostileRequests(AuthenticationRequest good)
    {
        bool isByCertificate = good.Account.Method == AuthenticationMethod.Certificate;
        yield return good.With(account: WithUnmetRequirement(good.Account));
        yield return good.With(account: Logins.CreateAccount(good.Account.Method, LoginRequirement.FromStored(new("abc"))));
        foreach (byte[] credential in CreateHostileCredentials().Where(_ => !isByCertificate))
            yield return good.With(credential: credential);

        foreach (ConnectionAttributes attributes in CreateHostileAttributes())
            yield return good.With(attributes: attributes);
        yield return good.With(connection: () => null, account: WithUnmetRequirement(good.Account));
        if (!good.IsFromProxy)
        {
            yield return good.With(isFromProxy: true, challenge: new byte[20]);
            TlsConnectionInfo hostile = Clients.Tls(Clients.Certificate(Clients.MalformedName, Clients.MalformedName, [TestSan.Dns("\0")]));
            yield return good.With(connection: () => hostile, account: WithUnmetRequirement(good.Account));
            yield return good.With(
                connection: () => Clients.TlsRejected(new(RejectionReason.CertificateExpired, "x\ny", "\u202E")),
                account: WithUnmetRequirement(good.Account));
        }
    }

    private static IEnumerable<byte[]> CreateHostileCredentials()
    {
        yield return [];
        yield return [0, 0];
        yield return new byte[1_000_000];
        yield return [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        yield return Encoding.ASCII.GetBytes($"a.b.{new string('A', 16_000)}");
    }

    private static IEnumerable<ConnectionAttributes> CreateHostileAttributes()
    {
        byte[] info = Encoding.ASCII.GetBytes(CertInfoToken.InfoAttributeName);
        byte[] signature = Encoding.ASCII.GetBytes(CertInfoToken.SignatureAttributeName);
        yield return new(new ConnectionAttribute(info, default));
        yield return new(new ConnectionAttribute(info, default), new ConnectionAttribute(signature, default));
        yield return new(new ConnectionAttribute(info, new byte[1_000_000]), new ConnectionAttribute(signature, new byte[1_000_000]));
        yield return new(
            Enumerable.Repeat(new ConnectionAttribute(info, "{}"u8.ToArray()), 10_000).Append(new(signature, "v1."u8.ToArray())));
        foreach (CertInfoRow row in CertInfoRow.All.Values.Where(
            row => row.Reason != RejectionReason.None && row is { User: null, Challenge: null, Now: 0 }))
        {
            // Some rows lack the attributes; that is a fault only on a connection from a proxy.
            ConnectionAttributes attributes = row.ToAttributes(TestSigner.P256);
            if (attributes.HasCertInfo)
                yield return attributes;
        }
    }

    private static Account WithUnmetRequirement(Account account) =>
        Logins.CreateAccount(account.Method, LoginRequirement.Parse("SUBJECT '/CN=bob'"), account.Email);

    private static bool IsCertInfo(ConnectionAttribute attribute) =>
        Encoding.UTF8.GetString(attribute.Name.Span) is CertInfoToken.InfoAttributeName or CertInfoToken.SignatureAttributeName;
}
