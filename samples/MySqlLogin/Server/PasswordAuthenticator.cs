using CertAuth;

namespace MySqlLogin.Server;

/// <summary>Decides about accounts without a certificate's name and without token: their password is empty.</summary>
internal sealed class PasswordAuthenticator : IAuthenticator
{
    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        // An empty password comes as nothing, or as the NUL that ends it.
        return new(request.Credential.Span is [] or [0]
            ? AuthenticationResult.Accepted(new(request.Account.UserName, AuthenticationMethod.Custom, request.Connection))
            : AuthenticationResult.Rejected(new(RejectionReason.CustomRejected, "the account's password, which is empty", "another"), request.Connection));
    }
}
