using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Authentication;

public sealed class AuthenticationRequestTests
{
    [Fact]
    public void Constructor_SetsTheAccountAndTheConnection()
    {
        AuthenticationRequest request = new(Logins.ByCertificate, Logins.Alice);

        request.Account.Should().BeSameAs(Logins.ByCertificate);
        request.Connection.Should().BeSameAs(Logins.Alice);
        (request.IsSecure, request.IsFromProxy, request.ClientHost).Should().Be((true, false, ""));
        (request.Credential.IsEmpty, request.Challenge.IsEmpty, request.Attributes.HasCertInfo).Should().Be((true, true, false));
    }

    [Fact]
    public void Constructor_HasNoConnection_ByDefault()
    {
        AuthenticationRequest request = new(Logins.ByCertificate);

        request.Connection.Should().BeNull();
        request.IsSecure.Should().BeFalse();
    }

    [Fact]
    public void Constructor_Throws_WithoutAnAccount() =>
        FluentActions.Invoking(() => new AuthenticationRequest(null!)).Should().ThrowExactly<ArgumentNullException>();

    [Fact]
    public void EvaluateRequirement_ReturnsTheSameReason_WhenItIsCalledAgain()
    {
        AuthenticationRequest met = new(Logins.ByCertificate, Logins.Alice), unmet = new(Logins.ByCertificate, Clients.Tls());

        new[] { met.EvaluateRequirement(), met.EvaluateRequirement() }.Should().AllBeEquivalentTo(RejectionReason.None);
        new[] { unmet.EvaluateRequirement(), unmet.EvaluateRequirement() }.Should().AllBeEquivalentTo(RejectionReason.CertificateMissing);
    }

    // A second evaluation would find that the requirement is met.
    [Theory]
    [InlineData("certificate")]
    [InlineData("token")]
    [InlineData("login by certificate")]
    [InlineData("login by token")]
    [InlineData("login by password")]
    public async Task AuthenticateAsync_EvaluatesTheRequirementOnlyOnce(string name)
    {
        (IAuthenticator authenticator, AuthenticationRequest good) = Logins.All[name];
        AuthenticationRequest request = good.With();
        request.Evaluation.Should().BeNull("no authenticator has evaluated the requirement yet");

        request.Evaluation = RejectionReason.SubjectMismatch;
        AuthenticationResult result = await authenticator.AuthenticateAsync(request, TestContext.Current.CancellationToken);

        (result.Rejection?.Reason).Should().Be(RejectionReason.SubjectMismatch);
    }

    // Null must not become RejectionReason.None, which accepts.
    [Fact]
    public void Evaluation_IsEvaluatedAgain_WhenItIsSetToNull()
    {
        AuthenticationRequest unmet = new(Logins.ByCertificate, Clients.Tls());

        unmet.Evaluation = null;

        unmet.Evaluation.Should().BeNull();
        unmet.EvaluateRequirement().Should().Be(RejectionReason.CertificateMissing);
    }

    // The client's facts differ from the proxy's, and are evaluated separately.
    [Fact]
    public void WithForwardedConnection_DiscardsTheEvaluation()
    {
        AuthenticationRequest proxy = new(Logins.ByCertificate, Logins.Proxy);
        proxy.EvaluateRequirement().Should().Be(RejectionReason.None);

        proxy.WithForwardedConnection(Clients.Tls()).EvaluateRequirement().Should().Be(RejectionReason.CertificateMissing);
    }
}
