using System.Diagnostics.CodeAnalysis;
using CertAuth;
using CertAuth.Forwarding;
using MySqlLogin.Protocol;
using MySqlLogin.Server;

namespace MySqlLogin.Proxy;

/// <summary>Makes the attributes of a login that is passed on: the client's, without any that only a proxy may send, and the proxy's token.</summary>
/// <remarks>It vouches for what holds now, not for what held at the handshake.</remarks>
internal sealed class Voucher(CertInfoTokenIssuer issuer)
{
    internal bool TryVouch(
        ClientGreeter client,
        ILoginRequest request,
        ReadOnlySpan<byte> challenge,
        [NotNullWhen(true)] out IReadOnlyList<ConnectionAttribute>? attributes,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        attributes = null;
        refusal = client.Reverify();
        if (refusal is null && issuer.TryIssue(client.Connection, request.User, challenge, out CertInfoToken? token, out refusal))
            attributes = [.. new ConnectionAttributes(request.Attributes).WithoutProxyAttributes, .. token.ToAttributes()];
        return attributes is not null;
    }
}
