namespace CertAuth.Der;

/// <summary>One PEM block: its position, its label and its decoded data.</summary>
internal sealed record PemBlock(PemLocation Location, string Label, byte[] Data);
