using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace CertAuth.Ratios.Suites;

/// <summary>The search for a DNS name in the bytes of the extension without the library. Each method performs one operation.</summary>
internal sealed class SanPeers
{
    private readonly byte[] _extension;
    private readonly string _wanted, _missing;

    internal SanPeers(byte[] extension, string wanted, string missing) => (_extension, _wanted, _missing) = (extension, wanted, missing);

    internal bool X509Extension() => HasByX509Extension(_wanted);

    internal bool X509ExtensionReject() => HasByX509Extension(_missing);

    internal bool BouncyCastle() => HasByBouncyCastle(_wanted);

    internal bool BouncyCastleReject() => HasByBouncyCastle(_missing);

    private bool HasByX509Extension(string name)
    {
        foreach (string dns in new X509SubjectAlternativeNameExtension(_extension).EnumerateDnsNames())
        {
            if (string.Equals(dns, name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private bool HasByBouncyCastle(string name)
    {
        foreach (GeneralName general in GeneralNames.GetInstance(Asn1Object.FromByteArray(_extension)).GetNames())
        {
            if (general.TagNo == GeneralName.DnsName
                && string.Equals(((IAsn1String)general.Name).GetString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
