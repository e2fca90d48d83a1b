using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace CertAuth.Benchmarks;

/// <summary>The search for a DNS name in the bytes of the extension without the library. Each method performs one operation.</summary>
public sealed class SanPeers
{
    private readonly byte[] _extension;
    private readonly string _wanted, _missing;

    internal SanPeers(byte[] extension, string wanted, string missing) => (_extension, _wanted, _missing) = (extension, wanted, missing);

    public bool X509Extension() => HasByX509Extension(_wanted);

    public bool X509ExtensionReject() => HasByX509Extension(_missing);

    public bool BouncyCastle() => HasByBouncyCastle(_wanted);

    public bool BouncyCastleReject() => HasByBouncyCastle(_missing);

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
