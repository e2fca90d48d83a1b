using System.Diagnostics.CodeAnalysis;
using CertAuth;
using CertAuth.Forwarding;
using MySqlLogin.Protocol;
using MySqlLogin.Server;

namespace MySqlLogin.Proxy;

/// <summary>Makes the attributes of a login that is passed on: the client's, without any that only a proxy may send, and the proxy's token.</summary>
/// <remarks>It vouches for what holds now, not for what held at the handshake.</remarks>
internal sealed class ForwardedInfoIssuer(CertInfoTokenIssuer issuer)
{
    internal bool TryVouch(
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
