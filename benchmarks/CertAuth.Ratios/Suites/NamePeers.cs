using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace CertAuth.Ratios.Suites;

/// <summary>The comparison of a certificate's name without the library: as text, or as an object of Bouncy Castle. Each method performs one
/// operation.</summary>
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

    private readonly byte[] _name, _other;
    private readonly string _text, _x500Text, _bouncyText;
    private readonly X509Name _bouncyName;

    internal NamePeers(byte[] name, byte[] other, string text)
    {
        (_name, _other, _text) = (name, other, text);
        _x500Text = new X500DistinguishedName(name).Name;
        _bouncyName = BouncyName(name);
        _bouncyText = _bouncyName.ToString();
    }

    internal bool AsnReader() => AsnText(_name) == _text;

    internal bool AsnReaderReject() => AsnText(_other) == _text;

    internal bool X500() => new X500DistinguishedName(_name).Name == _x500Text;

    internal bool X500Reject() => new X500DistinguishedName(_other).Name == _x500Text;

    internal bool BouncyCastle() => BouncyName(_name).Equivalent(_bouncyName, inOrder: true);

    internal bool BouncyCastleReject() => BouncyName(_other).Equivalent(_bouncyName, inOrder: true);

    internal bool BouncyCastleText() => BouncyName(_name).ToString() == _bouncyText;

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
