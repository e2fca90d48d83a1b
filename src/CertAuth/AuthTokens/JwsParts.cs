namespace CertAuth.AuthTokens;

/// <summary>The three parts of a token, and the part of the token that is signed (RFC 7515, 7.1).</summary>
/// <param name="token">The token.</param>
/// <param name="firstDot">The index of the first dot.</param>
/// <param name="secondDot">The index of the second dot.</param>
internal readonly ref struct JwsParts(ReadOnlySpan<byte> token, int firstDot, int secondDot)
{
    internal ReadOnlySpan<byte> Header { get; } = token[..firstDot];

    internal ReadOnlySpan<byte> Payload { get; } = token[(firstDot + 1)..secondDot];

    internal ReadOnlySpan<byte> Signature { get; } = token[(secondDot + 1)..];

    /// <summary>Gets the JWS Signing Input: the header, a dot and the payload.</summary>
    internal ReadOnlySpan<byte> SigningInput { get; } = token[..secondDot];
}
