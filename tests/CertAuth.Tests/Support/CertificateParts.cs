using System.Formats.Asn1;

namespace CertAuth.Tests.Support;

/// <summary>Extracts parts of a certificate with the BCL's BER reader, which accepts more than the library's reader.</summary>
internal static class CertificateParts
{
    internal static byte[] Subject(byte[] certificate) => Field(certificate, afterSerial: 3);

    internal static byte[] Issuer(byte[] certificate) => Field(certificate, afterSerial: 1);

    private static byte[] Field(byte[] certificate, int afterSerial)
    {
        AsnReader tbs = new AsnReader(certificate, AsnEncodingRules.BER).ReadSequence().ReadSequence();
        if (tbs.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
            tbs.ReadEncodedValue();
        tbs.ReadEncodedValue();
        for (int i = 0; i < afterSerial; i++)
            tbs.ReadEncodedValue();
        return tbs.ReadEncodedValue().ToArray();
    }
}
