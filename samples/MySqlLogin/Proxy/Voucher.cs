using System.Diagnostics.CodeAnalysis;
using System.Text;
using CertAuth;
using CertAuth.Forwarding;
using CertAuth.Tls;
using MySqlLogin.Protocol;

namespace MySqlLogin.Proxy;

/// <summary>Makes the attributes of a login that is passed on: the client's, without any that only a proxy may send, and the proxy's token.</summary>
internal sealed class Voucher(CertInfoTokenIssuer issuer)
{
    private const string ProxyPrefix = "tiproxy-";

    internal bool TryVouch(
        TlsConnectionInfo? client,
        ILoginRequest request,
        ReadOnlySpan<byte> challenge,
        [NotNullWhen(true)] out IReadOnlyList<ConnectionAttribute>? attributes,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        bool issued = issuer.TryIssue(client, request.User, challenge, out CertInfoToken? token, out refusal);
        attributes = issued ? [.. request.Attributes.Where(attribute => !IsProxys(attribute)), .. token!.ToAttributes()] : null;
        return issued;
    }

    // In any case of letters, and whatever follows: not what this proxy sends, but what some server might believe.
    private static bool IsProxys(ConnectionAttribute attribute) =>
        attribute.Name.Length >= ProxyPrefix.Length
        && Encoding.Latin1.GetString(attribute.Name.Span[..ProxyPrefix.Length]).Equals(ProxyPrefix, StringComparison.OrdinalIgnoreCase);
}
