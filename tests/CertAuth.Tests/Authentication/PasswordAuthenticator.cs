namespace CertAuth.Tests.Authentication;

/// <summary>A custom authenticator that checks only the credential.</summary>
internal sealed class PasswordAuthenticator : IAuthenticator
{
    internal static byte[] Password { get; } = [.. "secret"u8];

    internal List<AuthenticationRequest> Seen { get; } = [];

    public ValueTask<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken = default)
    {
        lock (Seen)
            Seen.Add(request);
        return new(request.Credential.Span.SequenceEqual(Password)
            ? AuthenticationResult.Accepted(new(request.Account.UserName, AuthenticationMethod.Custom, request.Connection))
            : AuthenticationResult.Rejected(new(RejectionReason.CustomRejected, "the password", "another")));
    }
}
