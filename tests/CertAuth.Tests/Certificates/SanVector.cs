namespace CertAuth.Tests.Certificates;

/// <summary>A row of sans.json: a certificate with unusual subject alternative names.</summary>
internal sealed record SanVector(string Id, byte[] DerB64, bool Wellformed, int SanExtensions, IReadOnlyList<SanVectorEntry>? GeneralNames)
{
    internal static VectorFile<SanVector> File { get; } = new("sans.json", vector => vector.Id);

    /// <summary>Whether the names are well-formed for the library. It is stricter than the vector: a control character in an IA5String is
    /// malformed.</summary>
    internal bool IsWellFormed => Wellformed
        && !GeneralNames!.Any(name => name.Tag is 1 or 2 or 6 && name.RawB64.Any(b => b is < 0x20 or >= 0x7F));
}
