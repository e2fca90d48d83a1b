using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Reloading;

namespace MySqlLogin.Proxy;

/// <summary>Reads the proxy's certificate, its key, and the CA of the server, in this order.</summary>
internal sealed class UpstreamTlsReader : IMaterialReader<UpstreamTls>
{
    public string Kind => "upstream-tls";

    public int MaxOctets => 1024 * 1024;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<UpstreamTls>? material,
        [NotNullWhen(false)] out string? problem)
    {
        (material, problem) = (null, null);
        try
        {
            X509Certificate2 certificate = X509Certificate2.CreateFromPem(Text(files[0]), Text(files[1]));
            X509Certificate2Collection authorities = [];
            authorities.ImportFromPem(Text(files[2]));
            if (authorities.Count == 0)
            {
                problem = "There is no CA.";
                return false;
            }

            material = new(new(certificate, authorities))
            {
                Description = $"{certificate.Subject}, authorities ({authorities.Count})",
                ValidFrom = certificate.NotBefore.ToUniversalTime(),
                Expires = certificate.NotAfter.ToUniversalTime(),
            };
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            problem = exception.Message;
            return false;
        }
    }

    private static string Text(ReadOnlyMemory<byte> file) => Encoding.UTF8.GetString(file.Span);
}
