using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace CertAuth.Ratios.Suites;

/// <summary>The comparison of a certificate's name without the library: as text, or as an object of Bouncy Castle. Each method performs one
/// operation, which is accepted if the name equals the required one.</summary>
internal sealed class NamePeers
{
    private static readonly Dictionary<string, string> s_shortNames = new()
    {
        ["2.5.4.6"] = "C",
        ["2.5.4.8"] = "ST",
        ["2.5.4.7"] = "L",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["2.5.4.3"] = "CN",
        ["1.2.840.113549.1.9.1"] = "emailAddress",
    };

    private readonly string _text, _x500Text, _bouncyText;
    private readonly X509Name _bouncyName;

    internal NamePeers(byte[] name, string text)
    {
        (_text, _x500Text, _bouncyName) = (text, new X500DistinguishedName(name).Name, BouncyName(name));
        _bouncyText = _bouncyName.ToString();
    }

    internal bool AsnReader(byte[] name) => AsnText(name) == _text;

    internal bool X500(byte[] name) => new X500DistinguishedName(name).Name == _x500Text;

    internal bool BouncyCastle(byte[] name) => BouncyName(name).Equivalent(_bouncyName, inOrder: true);

    internal bool BouncyCastleText(byte[] name) => BouncyName(name).ToString() == _bouncyText;

    private static X509Name BouncyName(byte[] der) => X509Name.GetInstance(Asn1Object.FromByteArray(der));

    private static string AsnText(byte[] der)
    {
        StringBuilder text = new();
        AsnReader rdns = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (rdns.HasData)
        {
            AsnReader rdn = rdns.ReadSetOf();
            for (char separator = '/'; rdn.HasData; separator = '+')
            {
                AsnReader attribute = rdn.ReadSequence();
                text.Append(separator).Append(s_shortNames[attribute.ReadObjectIdentifier()]).Append('=');
                text.Append(attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue));
            }
        }

        return text.ToString();
    }
}
