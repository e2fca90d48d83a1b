using System.Text;
using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Support;

/// <summary>The parts of a certificate, each of which a test can make malformed. The signature is not valid.</summary>
internal sealed record CraftedCertificate
{
    internal static byte[] RsaSha256 { get; } = Sequence(Oid("1.2.840.113549.1.1.11"), Tlv(5));

    internal byte[] Version { get; init; } = Tlv(0xA0, Tlv(2, [2]));

    internal byte[] Serial { get; init; } = Tlv(2, [0x11, 0x22]);

    internal byte[] SignedAlgorithm { get; init; } = RsaSha256;

    internal byte[] Issuer { get; init; } = Name((CommonName, "issuer"));

    internal byte[] NotBefore { get; init; } = Time("200101000000Z");

    internal byte[] NotAfter { get; init; } = Time("20501231235959Z");

    internal byte[] Subject { get; init; } = Name((CommonName, "subject"));

    /// <summary>id-ecPublicKey on P-256: the base point.</summary>
    internal byte[] PublicKey { get; init; } = Sequence(
        Sequence(Oid("1.2.840.10045.2.1"), Oid("1.2.840.10045.3.1.7")),
        Tlv(3, [0, .. Convert.FromHexString("046B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
            + "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5")]));

    /// <summary>The fields between the public key and the extensions.</summary>
    internal byte[] UniqueIds { get; init; } = [];

    /// <summary>The extensions; null for no field [3].</summary>
    internal byte[][]? Extensions { get; init; } = [Extension("2.5.29.17", Sequence(Tlv(0x82, "d1"u8.ToArray())))];

    internal byte[] Algorithm { get; init; } = RsaSha256;

    internal byte[] Signature { get; init; } = Tlv(3, [0, .. Enumerable.Repeat((byte)0xAB, 256)]);

    /// <summary>The bytes after the signature, inside the certificate.</summary>
    internal byte[] TrailingBytes { get; init; } = [];

    internal byte[] Tbs => Sequence(
        Version, Serial, SignedAlgorithm, Issuer, Sequence(NotBefore, NotAfter), Subject, PublicKey, UniqueIds,
        Extensions is null ? [] : Tlv(0xA3, Sequence(Extensions)));

    internal byte[] Encode() => Sequence(Tbs, Algorithm, Signature, TrailingBytes);

    internal static byte[] WithSubject(byte[] name) => new CraftedCertificate { Subject = name }.Encode();

    /// <summary>Encodes a UTCTime or GeneralizedTime, depending on the length of the text.</summary>
    internal static byte[] Time(string text) => Tlv((byte)(text.Length <= 13 ? 0x17 : 0x18), Encoding.ASCII.GetBytes(text));

    internal static byte[] Extension(string oid, byte[] value, byte[]? critical = null) =>
        Sequence(Oid(oid), critical ?? [], Tlv(4, value));
}
