using System.Security.Cryptography;
using System.Text;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Certificates;

/// <summary>Combines trust bundles into one file, as a CA rotation requires.</summary>
internal static class CombinedBundle
{
    /// <summary>Combines the certificates of all bundles in order, without duplicates.</summary>
    /// <exception cref="UserErrorException">The combined bundle exceeds a limit.</exception>
    internal static (TrustBundle Bundle, string Pem) Create(IEnumerable<TrustBundle> bundles, TimeProvider clock)
    {
        string pem = string.Concat(bundles.SelectMany(bundle => bundle.Anchors)
            .DistinctBy(anchor => Convert.ToHexString(anchor.Certificate.Sha256.Span))
            .Select(anchor => PemEncoding.WriteString("CERTIFICATE", anchor.Certificate.Der.Span) + "\n"));
        TrustBundleOptions options = new() { TimeProvider = clock };
        return TrustBundle.TryParse(Encoding.ASCII.GetBytes(pem), options, out TrustBundle? combined, out TrustBundleError error)
            ? (combined, pem)
            : throw new UserErrorException($"--add: {error}");
    }
}
