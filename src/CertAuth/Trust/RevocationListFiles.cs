using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads the revocation lists of a bundle's options from PEM or DER, strictly: all of them or an error.</summary>
internal static class RevocationListFiles
{
    /// <summary>Largest file, in octets.</summary>
    internal const int MaxOctets = 64 * 1024 * 1024;

    /// <summary>Most lists in all files.</summary>
    internal const int MaxLists = 1024;

    internal static IReadOnlyList<RevocationList> Read(IEnumerable<ReadOnlyMemory<byte>> files, out TrustBundleError error)
    {
        List<RevocationList> lists = [];
        int number = 0;
        foreach (ReadOnlyMemory<byte> file in files)
        {
            error = ReadFile(file.Span, ++number, lists);
            if (error.Kind != TrustBundleErrorKind.None)
                return [];
        }

        error = default;
        return lists;
    }

    private static TrustBundleError ReadFile(ReadOnlySpan<byte> file, int number, List<RevocationList> lists)
    {
        PemPlace place = new(0, 0);
        if (file.Length > MaxOctets)
            return Error(place, number, $"It is over {MaxOctets} octets.");
        if (DerReader.IsOneSequence(file))
            return Read(file.ToArray(), place, number, lists);
        if (!PemBlocks.IsPem(file))
            return Error(place, number, "Neither PEM nor DER.");

        IReadOnlyList<PemBlock> blocks = PemBlocks.Read(file, out PemPlace? broken);
        foreach (PemBlock block in blocks)
        {
            TrustBundleError error = block.Label == "X509 CRL"
                ? Read(block.Data, block.Place, number, lists)
                : Error(block.Place, number, "The block is no X509 CRL.");
            if (error.Kind != TrustBundleErrorKind.None)
                return error;
        }

        if (broken is not null)
            return Error(broken, number, "Broken PEM.");
        return blocks.Count > 0 ? default : Error(place, number, "No X509 CRL block.");
    }

    private static TrustBundleError Read(byte[] der, PemPlace place, int number, List<RevocationList> lists)
    {
        if (lists.Count == MaxLists)
            return Error(place, number, $"There are more than {MaxLists} lists.");
        if (!RevocationListReader.TryRead(der, out RevocationList? list, out RevocationListErrorKind kind))
            return Error(place, number, $"{kind}.");

        lists.Add(list);
        return default;
    }

    private static TrustBundleError Error(PemPlace place, int number, string detail) =>
        new(TrustBundleErrorKind.BrokenRevocationList, place.Block, place.Line, $"File {number} of revocation lists: {detail}");
}
