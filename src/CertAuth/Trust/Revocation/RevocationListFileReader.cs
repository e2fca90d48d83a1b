using CertAuth.Certificates;
using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>Reads the revocation lists of a bundle's options from PEM or DER. Either all lists are read, or there is an error.</summary>
internal static class RevocationListFileReader
{
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
        PemLocation location = default;
        if (file.Length > TrustBounds.MaxRevocationListFileBytes)
            return CreateError(location, number, "It is larger than 64 MiB.");
        bool isDer = DerReader.IsSingleSequence(file);
        if (isDer || !PemReader.IsPem(file))
        {
            FileFormat format = FileFormats.Recognize(file);
            if (format is not (FileFormat.Unknown or FileFormat.RevocationList))
                return CreateError(location, number, $"It is not a revocation list. {FileFormats.Describe(format)}");
            return isDer ? Read(file.ToArray(), location, number, lists) : CreateError(location, number, "It is neither PEM nor DER.");
        }

        IReadOnlyList<PemBlock> blocks = PemReader.Read(file, out PemFault? fault);
        foreach (PemBlock block in blocks)
        {
            TrustBundleError error = block.Label == "X509 CRL"
                ? Read(block.Data, block.Location, number, lists)
                : CreateError(block.Location, number, Join("Its label is not X509 CRL.", FileFormats.DescribeLabel(block.Label)));
            if (error.Kind != TrustBundleErrorKind.None)
                return error;
        }

        if (fault is { Kind: PemFaultKind.EncryptedKey })
            return CreateError(fault.Location, number, "It is an encrypted private key.");
        if (fault is not null)
        {
            return CreateError(
                fault.Location, number, "Its PEM is malformed. Each BEGIN line needs a matching END line, with base64 between them.");
        }

        return blocks.Count > 0 ? default : CreateError(location, number, "It contains no PEM block with the label X509 CRL.");
    }

    private static TrustBundleError Read(byte[] der, PemLocation location, int number, List<RevocationList> lists)
    {
        if (lists.Count == TrustBounds.MaxRevocationLists)
            return CreateError(location, number, $"The files contain more than {TrustBounds.MaxRevocationLists} lists.");
        if (!RevocationListReader.TryRead(der, out RevocationList? list, out RevocationListErrorKind kind))
            return CreateError(location, number, RevocationListErrorSentences.Get(kind));

        lists.Add(list);
        return default;
    }

    private static string Join(string sentence, string? next) => next is null ? sentence : $"{sentence} {next}";

    private static TrustBundleError CreateError(PemLocation location, int number, string detail) =>
        new(TrustBundleErrorKind.MalformedRevocationList, location.Block, location.Line, detail, number);
}
