using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads the revocation lists of a bundle's options from PEM or DER, strictly: all of them or an error.</summary>
internal static class RevocationListFileReader
{
    /// <summary>Largest file, in octets.</summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

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
        PemLocation place = default;
        if (file.Length > MaxBytes)
            return Error(place, number, $"It is over {MaxBytes} octets.");
        bool isDer = DerReader.IsSingleSequence(file);
        if (isDer || !PemReader.IsPem(file))
        {
            FileFormat format = FileFormats.Recognize(file);
            if (format is not (FileFormat.Unknown or FileFormat.RevocationList))
                return Error(place, number, $"It is no revocation list. {FileFormats.Describe(format)}");
            return isDer ? Read(file.ToArray(), place, number, lists) : Error(place, number, "Neither PEM nor DER.");
        }

        IReadOnlyList<PemBlock> blocks = PemReader.Read(file, out PemFault? fault);
        foreach (PemBlock block in blocks)
        {
            TrustBundleError error = block.Label == "X509 CRL"
                ? Read(block.Data, block.Location, number, lists)
                : Error(block.Location, number, Join("The block is no X509 CRL.", FileFormats.DescribeLabel(block.Label)));
            if (error.Kind != TrustBundleErrorKind.None)
                return error;
        }

        if (fault is { Kind: PemFaultKind.EncryptedKey })
            return Error(fault.Place, number, "The block is an encrypted private key.");
        if (fault is not null)
            return Error(fault.Place, number, "Broken PEM.");
        return blocks.Count > 0 ? default : Error(place, number, "No X509 CRL block.");
    }

    private static TrustBundleError Read(byte[] der, PemLocation place, int number, List<RevocationList> lists)
    {
        if (lists.Count == MaxLists)
            return Error(place, number, $"There are more than {MaxLists} lists.");
        if (!RevocationListReader.TryRead(der, out RevocationList? list, out RevocationListErrorKind kind))
            return Error(place, number, $"{kind}.");

        lists.Add(list);
        return default;
    }

    private static string Join(string sentence, string? next) => next is null ? sentence : $"{sentence} {next}";

    private static TrustBundleError Error(PemLocation place, int number, string detail) =>
        new(TrustBundleErrorKind.MalformedRevocationList, place.Block, place.Line, $"File {number} of revocation lists: {detail}");
}
