using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Support;

/// <summary>The files of a server and of its proxy, which a test replaces as an operator does, the materials that are loaded from them, and
/// a clock for each side.</summary>
/// <remarks>Only explicit reloads run, so that the steps of a rotation are independent.</remarks>
internal sealed class RotationScene : IDisposable
{
    private readonly List<IDisposable> _opened = [];

    internal RotationScene(DateTimeOffset? start = null)
    {
        DateTimeOffset now = start ?? TimeProvider.System.GetUtcNow();
        (ProxyClock, ServerClock) = (new(now), new(now));
        ServerOptions = CreateOptions(ServerClock);
    }

    internal TempFolder Folder { get; } = new();

    internal FixedClock ProxyClock { get; }

    internal FixedClock ServerClock { get; }

    internal ReloadOptions ServerOptions { get; set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _opened.ForEach(one => one.Dispose());
        Folder.Dispose();
    }

    /// <summary>Advances both clocks.</summary>
    internal void Advance(TimeSpan time)
    {
        ProxyClock.Advance(time);
        ServerClock.Advance(time);
    }

    internal void PutCas(params TestCertificateAuthority[] cas) => PutCas(string.Concat(cas.Select(ca => ca.Pem)));

    internal void PutCas(string pem) => Folder.Replace("ca.pem", pem);

    internal void PutRevocationList(string pem) => Folder.Replace("ca.crl", pem);

    internal void PutServerCertificate(TestCertificate certificate) => PutPair("tls.crt", "tls.key", certificate);

    internal void PutTokenKeys(params TestTokenKey[] keys) =>
        Folder.Replace("jwks.json", Encoding.UTF8.GetString(TestTokenKey.CreateJwkSet(keys)));

    /// <summary>Replaces the signing certificate that the server trusts.</summary>
    internal void PutSignerOnServer(TestCertificate certificate) => Folder.Replace("server-signer.pem", certificate.Pem);

    /// <summary>Replaces the certificate and the key with which the proxy signs.</summary>
    internal void PutSignerOnProxy(TestCertificate certificate) => PutPair("signer.pem", "signer.key", certificate);

    /// <summary>Opens a bundle of CAs, with the revocation list file if there is one.</summary>
    internal Task<Reloadable<TrustBundle>> OpenBundleAsync(params TestCertificateAuthority[] cas)
    {
        PutCas(cas);
        string[] lists = File.Exists(Folder["ca.crl"]) ? [Folder["ca.crl"]] : [];
        return KeepAsync(TrustBundle.OpenAsync(Folder["ca.pem"], lists, options: ServerOptions, cancellationToken: Cancellation));
    }

    internal Task<Reloadable<ServerCertificate>> OpenServerCertificateAsync(TestCertificate certificate)
    {
        PutServerCertificate(certificate);
        return KeepAsync(ServerCertificate.OpenAsync(Folder["tls.crt"], Folder["tls.key"], ServerOptions, Cancellation));
    }

    internal Task<Reloadable<TokenKeySet>> OpenTokenKeysAsync(params TestTokenKey[] keys)
    {
        PutTokenKeys(keys);
        return KeepAsync(TokenKeySet.OpenAsync(Folder["jwks.json"], ServerOptions, Cancellation));
    }

    internal Task<Reloadable<SigningKeyPair>> OpenSignerAsync(TestCertificate certificate)
    {
        PutSignerOnProxy(certificate);
        return KeepAsync(SigningKeyPair.OpenAsync(Folder["signer.pem"], Folder["signer.key"], CreateOptions(ProxyClock), Cancellation));
    }

    /// <summary>Opens a signing certificate on both sides, with its key on the proxy.</summary>
    internal async Task<(Reloadable<SigningKeyPair> Proxy, Reloadable<SigningCertificateRing> Server)> OpenSigningAsync(
        TestCertificate certificate)
    {
        PutSignerOnServer(certificate);
        Task<Reloadable<SigningCertificateRing>> opening =
            SigningCertificateRing.OpenAsync(Folder["server-signer.pem"], ServerOptions, Cancellation);
        return (await OpenSignerAsync(certificate), await KeepAsync(opening));
    }

    private static ReloadOptions CreateOptions(FixedClock clock) =>
        new() { TimeProvider = clock, PollInterval = TimeSpan.FromDays(7), SettleDelay = TimeSpan.Zero };

    private void PutPair(string certificateFile, string keyFile, TestCertificate certificate)
    {
        Folder.Replace(certificateFile, certificate.PemWithChain);
        Folder.Replace(keyFile, certificate.PrivateKeyPem);
    }

    private async Task<T> KeepAsync<T>(Task<T> opening)
        where T : IDisposable
    {
        T opened = await opening;
        _opened.Add(opened);
        return opened;
    }
}
