using CertAuth;
using MySqlLogin.Protocol;

namespace MySqlLogin.Proxy;

/// <summary>What a client is told that the proxy refuses: the same as by the server. The proxy has no accounts, and so it is nobody's.</summary>
internal static class Rejections
{
    internal static ClientError For(ILoginRequest request, string address, Rejection rejection) => ClientError.For(
        new(Account.Unknown(request.User)) { ClientHost = address, Credential = request.Authentication },
        rejection);
}
