using System.Security.Cryptography;
using System.Text;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Certificates;

/// <summary>Several bundles in one file, as a rotation needs them.</summary>
internal static class CombinedBundle
{
    /// <summary>The certificates of all of them in their order, each once, as PEM.</summary>
    /// <exception cref="UserErrorException">Together they are over a bound of a bundle.</exception>
    internal static (TrustBundle Bundle, string Pem) Create(IEnumerable<TrustBundle> bundles, TimeProvider clock)
    {
        string pem = string.Concat(bundles.SelectMany(bundle => bundle.Anchors)
            .DistinctBy(anchor => Convert.ToHexString(anchor.Certificate.Sha256.Span))
            .Select(anchor => PemEncoding.WriteString("CERTIFICATE", anchor.Certificate.Der.Span) + "\n"));
        return TrustBundle.TryParse(Encoding.ASCII.GetBytes(pem), new() { TimeProvider = clock }, out TrustBundle? combined, out TrustBundleError error)
            ? (combined, pem)
            : throw new UserErrorException($"--add: {error}");
    }
}
