using CertAuth.Forwarding;

namespace CertAuth.Load;

/// <summary>A client with its accounts, its certificate and token, and the attributes that a proxy sends for it.</summary>
/// <param name="ByCertificate">The account for logins by certificate, direct or forwarded.</param>
/// <param name="ByToken">The account for logins by token.</param>
/// <param name="Leaf">The certificate, DER.</param>
/// <param name="Token">The token, in ASCII.</param>
/// <param name="Forwarded">The two attributes that a proxy sends.</param>
internal sealed record Client(
    Account ByCertificate, Account ByToken, byte[] Leaf, byte[] Token, IReadOnlyList<ConnectionAttribute> Forwarded);
