using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Trust;

namespace CertAuth.Load;

/// <summary>A typical server: all material from reloadable files, and one authenticator. Each method decides a login and throws if the
/// verdict is not the expected one.</summary>
internal sealed class LoginServer : IDisposable
{
    private static readonly TlsConnectionInfo s_withoutCertificate = Connect(null, null);

    private readonly MaterialFiles _files;
    private readonly Reloadable<TrustBundle> _bundle;
    private readonly Reloadable<TokenKeySet> _keys;
    private readonly Reloadable<SigningCertificateRing> _ring;
    private readonly Reloadable<SigningKeyPair> _pair;
    private readonly LoginAuthenticator _logins;
    private readonly byte[] _challenge;
    private long _waited;

    private LoginServer(
        LoginMaterial material,
        MaterialFiles files,
        Reloadable<TrustBundle> bundle,
        Reloadable<TokenKeySet> keys,
        Reloadable<SigningCertificateRing> ring,
        Reloadable<SigningKeyPair> pair)
    {
        (_files, _bundle, _keys, _ring, _pair, _challenge) = (files, bundle, keys, ring, pair, material.Challenge);
        _logins = new(new()
        {
            RequireSecureTransport = true,
            CertInfoVerifier = new(new() { SharedKey = ring, TimeProvider = material.Clock }),
            TokenAuthenticator = new TokenAuthenticator(keys, new() { TimeProvider = material.Clock }),
        });
    }

    /// <summary>The number of decisions that did not complete synchronously.</summary>
    internal long Waited => Volatile.Read(ref _waited);

    internal static async Task<LoginServer> OpenAsync(LoginMaterial material)
    {
        MaterialFiles files = new(material);

        // Files are replaced by renames, so no delay for partly written files is needed.
        ReloadOptions options = new() { TimeProvider = material.Clock, SettleDelay = TimeSpan.Zero };
        return new(
            material,
            files,
            await TrustBundle.OpenAsync(files.Bundle, options: options),
            await TokenKeySet.OpenAsync(files.KeySet, options),
            await SigningCertificateRing.OpenAsync(files.Signer, options),
            await SigningKeyPair.OpenAsync(files.Signer, files.SignerKey, options));
    }

    public void Dispose()
    {
        foreach (IDisposable reloadable in (IDisposable[])[_bundle, _keys, _ring, _pair])
            reloadable.Dispose();
        _files.Dispose();
    }

    /// <summary>Replaces and reloads each file. Throws if old material is still in use.</summary>
    internal async Task ReplaceAllAsync()
    {
        object[] before = InUse;
        _files.Replace();
        ReloadResult[] results = await Task.WhenAll(_bundle.ReloadAsync(), _keys.ReloadAsync(), _ring.ReloadAsync(), _pair.ReloadAsync());

        // The results do not show this, because a token with an unknown key may have caused an earlier reload.
        if (InUse.Intersect(before, ReferenceEqualityComparer.Instance).Any())
            throw new InvalidOperationException($"Not all material was reloaded: {string.Join<ReloadResult>(", ", results)}");
    }

    /// <summary>Verifies a client's chain, as after its handshake, and decides its login.</summary>
    internal void LogInByCertificate(Account account, byte[] leaf, RejectionReason expected)
    {
        _bundle.Current.TryVerify(leaf, [], out VerifiedCertificate? verified, out Rejection? rejection);
        Decide(new(account, Connect(verified, rejection)), expected);
    }

    internal void LogInByToken(Account account, byte[] token, RejectionReason expected) =>
        Decide(new(account, s_withoutCertificate) { Credential = token }, expected);

    internal void LogInThroughProxy(Account account, IReadOnlyList<ConnectionAttribute> attributes, RejectionReason expected) => Decide(
        new(account, s_withoutCertificate)
        {
            IsFromProxy = true,
            Challenge = _challenge,
            Attributes = new(attributes),
        },
        expected);

    private object[] InUse => [_bundle.Current, _keys.Current, _ring.Current, _pair.Current];

    private void Decide(AuthenticationRequest request, RejectionReason expected)
    {
        ValueTask<AuthenticationResult> login = _logins.AuthenticateAsync(request);
        if (!login.IsCompleted)
            Interlocked.Increment(ref _waited);

        AuthenticationResult result = login.IsCompleted ? login.Result : login.AsTask().GetAwaiter().GetResult();
        bool isExpected = (result.Rejection?.Reason ?? RejectionReason.None) == expected
            && result.Identity?.UserName == (expected == RejectionReason.None ? request.Account.UserName : null);
        if (!isExpected)
            throw new InvalidOperationException($"{request.Account.UserName}: not {expected} but {result}");
    }

    private static TlsConnectionInfo Connect(VerifiedCertificate? certificate, Rejection? rejection) => new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        ClientCertificate = certificate,
        ClientCertificateRejection = rejection,
        ClientCertificateRequested = true,
    };
}
