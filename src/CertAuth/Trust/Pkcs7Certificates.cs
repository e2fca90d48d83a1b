using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace CertAuth.Trust;

/// <summary>The certificates of a PKCS#7 file (CMS SignedData, RFC 5652, 5.1), as they stand in it.</summary>
internal static class Pkcs7Certificates
{
    private static readonly Asn1Tag s_context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The certificates in encoding order; null when the file isn't whole and well-formed, or holds anything else than certificates.</summary>
    internal static IReadOnlyList<ReadOnlyMemory<byte>>? ReadOrNull(byte[] data)
    {
        try
        {
            // The whole structure is the package's to judge. Its list of certificates leaves out what it doesn't know, and so it is walked here.
            new SignedCms().Decode(data);
            return ReadCertificates(data);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return null;
        }
    }

    // ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT SignedData }
    // SignedData ::= SEQUENCE { version, digestAlgorithms, encapContentInfo, certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL, … }
    private static List<ReadOnlyMemory<byte>> ReadCertificates(byte[] data)
    {
        AsnReader file = new(data, AsnEncodingRules.BER);
        AsnReader contentInfo = file.ReadSequence();
        file.ThrowIfNotEmpty();
        contentInfo.ReadObjectIdentifier();
        AsnReader signedData = contentInfo.ReadSequence(s_context0).ReadSequence();
        signedData.ReadInteger();
        signedData.ReadEncodedValue();
        signedData.ReadEncodedValue();

        List<ReadOnlyMemory<byte>> certificates = [];
        if (signedData.HasData && signedData.PeekTag().HasSameClassAndValue(s_context0))
        {
            AsnReader choices = signedData.ReadSetOf(skipSortOrderValidation: true, s_context0);
            while (choices.HasData)
            {
                if (choices.PeekTag() != Asn1Tag.Sequence)
                    throw new AsnContentException("A choice other than an X.509 certificate.");
                certificates.Add(choices.ReadEncodedValue());
            }
        }

        return certificates;
    }
}
