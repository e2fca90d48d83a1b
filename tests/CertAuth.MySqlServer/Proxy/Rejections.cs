using CertAuth.MySqlServer.Protocol;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>Creates the error for a client that the proxy rejects, which is the same as that of the server. The proxy has no accounts, so
/// the error is that of an unknown account.</summary>
internal static class Rejections
{
    internal static ClientError For(ILoginRequest request, string address, Rejection rejection) => ClientError.For(
        new(Account.Unknown(request.User)) { ClientHost = address, Credential = request.Authentication },
        rejection);
}
