using CertAuth.Tests.Support;

namespace CertAuth.Tests.Certificates;

/// <summary>sans.json: certificates with odd subject alternative names.</summary>
internal sealed record SanVector(string Id, byte[] DerB64, bool Wellformed, int SanExtensions, IReadOnlyList<SanVectorEntry>? GeneralNames)
{
    internal static VectorFile<SanVector> File { get; } = new("sans.json", vector => vector.Id);

    /// <summary>Stricter than the vector (<c>san.md</c>): a control character in an IA5String is malformed for us.</summary>
    internal bool IsWellFormed => Wellformed
        && !GeneralNames!.Any(name => name.Tag is 1 or 2 or 6 && name.RawB64.Any(b => b is < 0x20 or >= 0x7F));
}

internal sealed record SanVectorEntry(string Type, int Tag, bool Constructed, byte[] RawB64);
