using System.Diagnostics.CodeAnalysis;
using CertAuth;
using CertAuth.Forwarding;
using CertAuth.Tls;
using MySqlLogin.Protocol;

namespace MySqlLogin.Proxy;

/// <summary>Makes the attributes of a login that is passed on: the client's, without any that only a proxy may send, and the proxy's token.</summary>
internal sealed class Voucher(CertInfoTokenIssuer issuer)
{
    internal bool TryVouch(
        TlsConnectionInfo? client,
        ILoginRequest request,
        ReadOnlySpan<byte> challenge,
        [NotNullWhen(true)] out IReadOnlyList<ConnectionAttribute>? attributes,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        bool issued = issuer.TryIssue(client, request.User, challenge, out CertInfoToken? token, out refusal);
        attributes = issued ? [.. new ConnectionAttributes(request.Attributes).WithoutProxyAttributes, .. token!.ToAttributes()] : null;
        return issued;
    }
}
