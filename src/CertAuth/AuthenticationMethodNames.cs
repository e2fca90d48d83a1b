namespace CertAuth;

/// <summary>The names of login methods in logs and rejections, for a sentence with "by".</summary>
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
