namespace CertAuth.Ratios;

/// <summary>The goal of a case.</summary>
/// <param name="Ratio">The maximum ratio.</param>
/// <param name="Bytes">The maximum number of bytes that one operation allocates; null for no limit.</param>
internal sealed record Goal(double Ratio, long? Bytes = null)
{
    public static implicit operator Goal(double ratio) => new(ratio);
}
