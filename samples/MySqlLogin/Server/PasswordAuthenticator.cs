using CertAuth;
using CertAuth.Requirements;

namespace MySqlLogin.Server;

/// <summary>Decides about accounts without a certificate's name and without token: their password is empty. And about users that there aren't.</summary>
internal sealed class PasswordAuthenticator : IAuthenticator
{
    /// <summary>The account of users that there aren't: it goes the way of every other, and ends here.</summary>
    internal static Account Nobody { get; } = new("nobody", AuthenticationMethod.Host, LoginRequirement.None);

    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        if (ReferenceEquals(request.Account, Nobody))
            return new(AuthenticationResult.Refused(new(FailureReason.HostDefined, "an account of that name and host", "none")));

        // An empty password comes as nothing, or as the NUL that ends it.
        return new(request.Credential.Span is [] or [0]
            ? AuthenticationResult.Success(new(request.Account.UserName, AuthenticationMethod.Host, request.Connection))
            : AuthenticationResult.Refused(new(FailureReason.HostDefined, "the account's password, which is empty", "another")));
    }
}
