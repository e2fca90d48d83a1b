using System.Diagnostics.CodeAnalysis;
using CertAuth.Forwarding;
using CertAuth.MySqlServer.Protocol;
using CertAuth.MySqlServer.Server;

namespace CertAuth.MySqlServer.Proxy;

/// <summary>Creates the attributes of a forwarded login: those of the client except the names reserved for proxies, and the proxy's
/// token.</summary>
/// <remarks>The client's certificate is verified again for each login, because the handshake may be long ago.</remarks>
internal sealed class ForwardedInfoIssuer(CertInfoTokenIssuer issuer)
{
    internal bool TryIssue(
        ConnectionGreeter client,
        ILoginRequest request,
        ReadOnlySpan<byte> challenge,
        [NotNullWhen(true)] out IReadOnlyList<ConnectionAttribute>? attributes,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        attributes = null;
        rejection = client.Reverify();
        if (rejection is null && issuer.TryIssue(client.Connection, request.User, challenge, out CertInfoToken? token, out rejection))
            attributes = [.. new ConnectionAttributes(request.Attributes).WithoutProxyAttributes, .. token.ToAttributes()];
        return attributes is not null;
    }
}
