namespace CertAuth.MySqlServer.Server;

/// <summary>The custom authenticator for accounts that log in neither by certificate nor by token. Their password is empty.</summary>
internal sealed class PasswordAuthenticator : IAuthenticator
{
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        // An empty password is sent as no bytes or as a terminating NUL.
        return new(request.Credential.Span is [] or [0]
            ? AuthenticationResult.Accepted(new(request.Account.UserName, AuthenticationMethod.Custom, request.Connection))
            : AuthenticationResult.Rejected(
                new(RejectionReason.CustomRejected, "the account's password, which is empty", "another password"), request.Connection));
    }
}
