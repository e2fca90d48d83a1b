using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Tests.Support;

/// <summary>Certificate extensions with URLs that a verifier must not fetch.</summary>
internal static class UrlExtensions
{
    /// <summary>Returns authorityInfoAccess with caIssuers and ocsp, and cRLDistributionPoints.</summary>
    internal static TestExtension[] Urls(string url)
    {
        byte[] access = new X509AuthorityInformationAccessExtension(ocspUris: [url], caIssuersUris: [url]).RawData;
        byte[] crl = CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url]).RawData;
        return [new("1.3.6.1.5.5.7.1.1", critical: false, access), new("2.5.29.31", critical: false, crl)];
    }
}
