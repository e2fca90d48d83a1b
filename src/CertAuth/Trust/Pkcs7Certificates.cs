using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace CertAuth.Trust;

/// <summary>Reads the certificates of a PKCS #7 file (CMS SignedData, RFC 5652, 5.1).</summary>
internal static class Pkcs7Certificates
{
    private static readonly Asn1Tag s_context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Returns the encoded certificates in the order of the file; null if the file is malformed, or one of its certificates is not
    /// an X.509 certificate.</summary>
    internal static IReadOnlyList<ReadOnlyMemory<byte>>? ReadOrNull(byte[] data)
    {
        try
        {
            // SignedCms validates the whole structure. Its list omits certificates of other kinds, so the certificates are read here.
            new SignedCms().Decode(data);
            return ReadCertificates(data);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return null;
        }
    }

    // ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT SignedData }
    // SignedData ::= SEQUENCE { version, digestAlgorithms, encapContentInfo,
    //                           certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL, … }
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
                    throw new AsnContentException("A certificate is not an X.509 certificate.");
                certificates.Add(choices.ReadEncodedValue());
            }
        }

        return certificates;
    }
}
