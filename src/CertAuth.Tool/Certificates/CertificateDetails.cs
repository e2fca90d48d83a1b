using System.Formats.Asn1;
using CertAuth.Certificates;

namespace CertAuth.Tool.Certificates;

/// <summary>The fields of a certificate that are shown to people and do not affect a login.</summary>
/// <param name="Version">1, 2 or 3.</param>
/// <param name="Signature">The name of the signature algorithm; its OID if it is unknown.</param>
/// <param name="HasWeakSignature">Whether the signature algorithm uses MD2, MD5 or SHA-1.</param>
/// <param name="IsCa">Whether the basic constraints extension identifies a CA.</param>
/// <param name="AllowsClients">Whether there is no extended key usage extension, or it includes clientAuth.</param>
internal sealed record CertificateDetails(int Version, string Signature, bool HasWeakSignature, bool IsCa, bool AllowsClients)
{
    private const string BasicConstraints = "2.5.29.19";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string Sha1 = "1.3.14.3.2.26";
    private const string RsaPss = "1.2.840.113549.1.1.10";

    // RFC 3279, 2.2; RFC 4055, 5; RFC 5758, 3; RFC 8410, 3.
    private static readonly Dictionary<string, (string Name, bool IsWeak)> s_signatures = new()
    {
        ["1.2.840.113549.1.1.2"] = ("RSA with MD2", true),
        ["1.2.840.113549.1.1.4"] = ("RSA with MD5", true),
        ["1.2.840.113549.1.1.5"] = ("RSA with SHA-1", true),
        ["1.2.840.113549.1.1.11"] = ("RSA with SHA-256", false),
        ["1.2.840.113549.1.1.12"] = ("RSA with SHA-384", false),
        ["1.2.840.113549.1.1.13"] = ("RSA with SHA-512", false),
        [RsaPss] = ("RSA-PSS", false),
        ["1.2.840.10045.4.1"] = ("ECDSA with SHA-1", true),
        ["1.2.840.10045.4.3.2"] = ("ECDSA with SHA-256", false),
        ["1.2.840.10045.4.3.3"] = ("ECDSA with SHA-384", false),
        ["1.2.840.10045.4.3.4"] = ("ECDSA with SHA-512", false),
        ["1.3.101.112"] = ("Ed25519", false),
        ["1.3.101.113"] = ("Ed448", false),
    };

    private static readonly Dictionary<string, (string Name, bool IsWeak)> s_hashes = new()
    {
        ["1.2.840.113549.2.5"] = ("MD5", true),
        [Sha1] = ("SHA-1", true),
        ["2.16.840.1.101.3.4.2.1"] = ("SHA-256", false),
        ["2.16.840.1.101.3.4.2.2"] = ("SHA-384", false),
        ["2.16.840.1.101.3.4.2.3"] = ("SHA-512", false),
    };

    // RFC 5280, 4.1. ParsedCertificate has checked this structure, but not the content of the extensions.
    internal static CertificateDetails Read(ParsedCertificate certificate)
    {
        AsnReader tbs = new AsnReader(certificate.Der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        Asn1Tag versionTag = new(TagClass.ContextSpecific, 0);
        int version = tbs.PeekTag().HasSameClassAndValue(versionTag) ? (int)tbs.ReadSequence(versionTag).ReadInteger() + 1 : 1;
        tbs.ReadEncodedValue();
        AsnReader algorithm = tbs.ReadSequence();
        (string signature, bool isWeak) = ReadSignature(algorithm);

        Asn1Tag extensionsTag = new(TagClass.ContextSpecific, 3);
        bool isCa = false;
        bool allowsClients = true;
        while (tbs.HasData)
        {
            if (!tbs.PeekTag().HasSameClassAndValue(extensionsTag))
            {
                tbs.ReadEncodedValue();
                continue;
            }

            for (AsnReader extensions = tbs.ReadSequence(extensionsTag).ReadSequence(); extensions.HasData;)
            {
                (string oid, ReadOnlyMemory<byte> value) = ReadExtension(extensions.ReadSequence());
                isCa |= oid == BasicConstraints && EvaluateValue(value, IsCaAsserted);
                allowsClients &= oid != ExtendedKeyUsage || EvaluateValue(value, AllowsClientAuth);
            }
        }

        return new(version, signature, isWeak, isCa, allowsClients);
    }

    private static (string Name, bool IsWeak) ReadSignature(AsnReader algorithm)
    {
        try
        {
            string oid = algorithm.ReadObjectIdentifier();
            (string Name, bool IsWeak) known = s_signatures.GetValueOrDefault(oid, (oid, false));
            return oid == RsaPss && algorithm.HasData ? ReadPss(algorithm.ReadSequence()) : known;
        }
        catch (AsnContentException)
        {
            return ("a malformed algorithm", false);
        }
    }

    // RFC 4055, 3.1: hashAlgorithm [0] HashAlgorithm DEFAULT sha1Identifier
    private static (string Name, bool IsWeak) ReadPss(AsnReader fields)
    {
        Asn1Tag hashTag = new(TagClass.ContextSpecific, 0);
        string hash = fields.HasData && fields.PeekTag().HasSameClassAndValue(hashTag)
            ? fields.ReadSequence(hashTag).ReadSequence().ReadObjectIdentifier()
            : Sha1;
        (string name, bool isWeak) = s_hashes.GetValueOrDefault(hash, (hash, false));
        return ($"RSA-PSS with {name}", isWeak);
    }

    private static (string Oid, ReadOnlyMemory<byte> Value) ReadExtension(AsnReader extension)
    {
        string oid = extension.ReadObjectIdentifier();
        if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
            extension.ReadBoolean();
        return (oid, extension.ReadOctetString());
    }

    private static bool IsCaAsserted(AsnReader value)
    {
        AsnReader fields = value.ReadSequence();
        return fields.HasData && fields.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && fields.ReadBoolean();
    }

    private static bool AllowsClientAuth(AsnReader value)
    {
        for (AsnReader usages = value.ReadSequence(); usages.HasData;)
        {
            if (usages.ReadObjectIdentifier() == ClientAuthentication)
                return true;
        }

        return false;
    }

    private static bool EvaluateValue(ReadOnlyMemory<byte> value, Func<AsnReader, bool> test)
    {
        try
        {
            return test(new(value, AsnEncodingRules.DER));
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
