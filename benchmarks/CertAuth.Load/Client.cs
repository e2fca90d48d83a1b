using CertAuth.Forwarding;

namespace CertAuth.Load;

/// <summary>Somebody with a certificate, a token, and a proxy that vouches: what each sends, and the accounts.</summary>
/// <param name="ByCertificate">The account of who logs in by certificate, its own or one that is forwarded.</param>
/// <param name="ByToken">The account of who logs in by token.</param>
/// <param name="Leaf">The certificate, DER.</param>
/// <param name="Token">The token, in ASCII.</param>
/// <param name="Forwarded">The two attributes that a proxy sends.</param>
internal sealed record Client(Account ByCertificate, Account ByToken, byte[] Leaf, byte[] Token, IReadOnlyList<ConnectionAttribute> Forwarded);
