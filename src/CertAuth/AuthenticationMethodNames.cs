namespace CertAuth;

/// <summary>The names of login methods in logs and rejections, such as <c>token</c> in "logs in by token".</summary>
internal static class AuthenticationMethodNames
{
    internal static string GetDisplayName(this AuthenticationMethod method) => method switch
    {
        AuthenticationMethod.Certificate => "certificate",
        AuthenticationMethod.Custom => "custom method",
        AuthenticationMethod.Token => "token",
        _ => "no method",
    };
}
