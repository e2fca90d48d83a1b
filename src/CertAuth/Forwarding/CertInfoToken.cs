using System.Collections.Immutable;

namespace CertAuth.Forwarding;

/// <summary>The signed facts of a client connection, which a proxy sends to a server in two connection attributes.</summary>
/// <remarks>A token is valid for one connection to one server, for one user and for a short time (see
/// <see cref="CertInfoTokenIssuerOptions.Lifetime"/>). Immutable; safe for concurrent use.</remarks>
public sealed class CertInfoToken
{
    /// <summary>The name of the attribute that contains the facts.</summary>
    public const string InfoAttributeName = "tiproxy-cert-info";

    /// <summary>The name of the attribute that contains the signature.</summary>
    public const string SignatureAttributeName = "tiproxy-cert-signature";

    internal CertInfoToken(byte[] info, byte[] signature) => (Info, Signature) = (info, signature);

    /// <summary>Gets the value of the attribute <see cref="InfoAttributeName"/>: JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Info { get; }

    /// <summary>Gets the value of the attribute <see cref="SignatureAttributeName"/>, in ASCII.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Gets the prefix of the names of all attributes that only a proxy may send.</summary>
    internal static ReadOnlySpan<byte> ReservedPrefixUtf8 => "tiproxy-"u8;

    internal static ReadOnlySpan<byte> InfoAttributeNameUtf8 => "tiproxy-cert-info"u8;

    internal static ReadOnlySpan<byte> SignatureAttributeNameUtf8 => "tiproxy-cert-signature"u8;

    /// <summary>Returns the two attributes. The proxy sends them together with its other connection attributes.</summary>
    public ImmutableArray<ConnectionAttribute> ToAttributes() =>
        [new(InfoAttributeNameUtf8.ToArray(), Info), new(SignatureAttributeNameUtf8.ToArray(), Signature)];

    /// <summary>Determines whether a challenge has an allowed length.</summary>
    internal static bool IsChallenge(ReadOnlySpan<byte> challenge) =>
        challenge.Length is >= ForwardingBounds.MinChallengeBytes and <= ForwardingBounds.MaxChallengeBytes;
}
