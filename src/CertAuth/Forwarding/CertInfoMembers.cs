using System.Buffers.Text;
using System.Collections.Immutable;
using CertAuth.Tls;

namespace CertAuth.Forwarding;

/// <summary>The members of an info in version 1 (docs/forwarding-format.md). Each is required.</summary>
internal static class CertInfoMembers
{
    /// <summary>The version that is written, and the only one that is accepted.</summary>
    internal const int SupportedVersion = 1;

    /// <summary>The number of members.</summary>
    internal const int Count = 15;

    private static readonly ImmutableArray<CertInfoMember>.Builder s_all = ImmutableArray.CreateBuilder<CertInfoMember>(Count);

    internal static CertInfoText Subject { get; } = Text("subject", facts => facts.Subject);

    internal static CertInfoText Issuer { get; } = Text("issuer", facts => facts.Issuer);

    internal static CertInfoText San { get; } = Text("SAN", facts => facts.San);

    internal static CertInfoText Cipher { get; } = Text(
        "cipher", facts => facts.Client is { } client ? CipherSuites.GetOpenSslName(client.CipherSuite) : "");

    internal static CertInfoText Tls { get; } = Text(
        "tls", facts => facts.Client is { } client ? TlsVersions.GetName(client.Protocol) : "");

    internal static CertInfoText CertificateSha256 { get; } = Text(
        "x5t", facts => facts.Client?.ClientCertificate is { } certificate ? Base64Url.EncodeToString(certificate.Sha256.Span) : "");

    internal static CertInfoText Ciphers { get; } = Text(
        "ciphers", facts => facts.Client is { } client ? CipherSuites.FormatList(client.AllowedCipherSuites) : "");

    internal static CertInfoInteger Verify { get; } = Integer(
        "vfy", facts => facts.Client is { ClientCertificateRequested: true } ? 1 : 0);

    internal static CertInfoInteger ServerNotBefore { get; } = Integer(
        "srv_nbf", facts => facts.Client?.ServerCertificateNotBefore?.ToUnixTimeSeconds() ?? 0);

    internal static CertInfoInteger ServerNotAfter { get; } = Integer(
        "srv_exp", facts => facts.Client?.ServerCertificateNotAfter?.ToUnixTimeSeconds() ?? 0);

    internal static CertInfoInteger Version { get; } = Integer("v", _ => SupportedVersion);

    internal static CertInfoInteger IssuedAt { get; } = Integer("iat", facts => facts.IssuedAt);

    internal static CertInfoInteger Expires { get; } = Integer("exp", facts => facts.Expires);

    internal static CertInfoText Nonce { get; } = Text("nonce", facts => facts.Nonce);

    internal static CertInfoText User { get; } = Text("user", facts => facts.User);

    /// <summary>Gets the members in the order in which they are declared above, which is the order in which they are written.</summary>
    internal static ImmutableArray<CertInfoMember> All { get; } = s_all.MoveToImmutable();

    private static CertInfoText Text(string name, Func<CertInfoFacts, string> getValue) =>
        Add(new CertInfoText(s_all.Count, name, getValue));

    private static CertInfoInteger Integer(string name, Func<CertInfoFacts, long> getValue) =>
        Add(new CertInfoInteger(s_all.Count, name, getValue));

    private static T Add<T>(T member)
        where T : CertInfoMember
    {
        s_all.Add(member);
        return member;
    }
}
