namespace CertAuth.AuthTokens;

/// <summary>The three parts of a token, and what is signed.</summary>
internal readonly ref struct JwsParts(ReadOnlySpan<byte> token, int firstDot, int secondDot)
{
    internal ReadOnlySpan<byte> Header { get; } = token[..firstDot];

    internal ReadOnlySpan<byte> Payload { get; } = token[(firstDot + 1)..secondDot];

    internal ReadOnlySpan<byte> Signature { get; } = token[(secondDot + 1)..];

    internal ReadOnlySpan<byte> Signed { get; } = token[..secondDot];
}
