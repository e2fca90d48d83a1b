using System.Collections.Immutable;

namespace CertAuth.Forwarding;

/// <summary>What a proxy says of its client's connection, signed: the values of two connection attributes.</summary>
/// <remarks>For one connection to one server, one user, and a minute. Immutable; safe for concurrent use.</remarks>
public sealed class CertInfoToken
{
    /// <summary>The name of the attribute that holds the facts.</summary>
    public const string InfoAttributeName = "tiproxy-cert-info";

    /// <summary>The name of the attribute that holds the signature.</summary>
    public const string SignatureAttributeName = "tiproxy-cert-signature";

    /// <summary>Longest info, in octets.</summary>
    internal const int MaxInfoBytes = 16_384;

    /// <summary>Longest signature attribute in octets, without certificates and with them.</summary>
    internal const int MaxSignatureBytes = 8_192, MaxSignatureBytesWithChain = 16_384;

    /// <summary>Most certificates of a signer's path, the signer's own included and the trusted one not.</summary>
    internal const int MaxChainCertificates = 5;

    /// <summary>Shortest and longest challenge of a server, in octets.</summary>
    internal const int MinChallengeBytes = 16, MaxChallengeBytes = 32;

    internal CertInfoToken(byte[] info, byte[] signature) => (Info, Signature) = (info, signature);

    /// <summary>The value of <see cref="InfoAttributeName"/>: JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Info { get; }

    /// <summary>The value of <see cref="SignatureAttributeName"/>: ASCII.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>How the names of all attributes begin that only proxies may send.</summary>
    internal static ReadOnlySpan<byte> ReservedPrefixUtf8 => "tiproxy-"u8;

    internal static ReadOnlySpan<byte> InfoAttributeNameUtf8 => "tiproxy-cert-info"u8;

    internal static ReadOnlySpan<byte> SignatureAttributeNameUtf8 => "tiproxy-cert-signature"u8;

    /// <summary>The two attributes, to be sent beside the proxy's own.</summary>
    public ImmutableArray<ConnectionAttribute> ToAttributes() =>
        [new(InfoAttributeNameUtf8.ToArray(), Info), new(SignatureAttributeNameUtf8.ToArray(), Signature)];

    /// <summary>Whether octets can be a server's challenge.</summary>
    internal static bool IsChallenge(ReadOnlySpan<byte> challenge) => challenge.Length is >= MinChallengeBytes and <= MaxChallengeBytes;
}
