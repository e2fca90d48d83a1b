using CertAuth.Reloading;

namespace CertAuth.Load;

/// <summary>A typical server: all material from reloadable files, and one authenticator. Each method decides a login and throws if the
/// verdict is not the expected one.</summary>
internal sealed class LoginServer(
    TimeProvider clock,
    byte[] challenge,
    MaterialFiles files,
    Reloadable<TrustBundle> bundle,
    Reloadable<TokenKeySet> keys,
    Reloadable<SigningCertificateRing> ring,
    Reloadable<SigningKeyPair> pair) : IDisposable
{
    private static readonly TlsConnectionInfo s_withoutCertificate = Logins.Connect(null);

    private readonly LoginAuthenticator _logins = new(new()
    {
        RequireSecureTransport = true,
        CertInfoVerifier = new(new() { SharedKey = ring, TimeProvider = clock }),
        TokenAuthenticator = new TokenAuthenticator(keys, new() { TimeProvider = clock }),
    });

    private long _waited;

    /// <summary>The number of decisions that did not complete synchronously.</summary>
    internal long Waited => Volatile.Read(ref _waited);

    private object[] InUse => [bundle.Current, keys.Current, ring.Current, pair.Current];

    internal static async Task<LoginServer> OpenAsync(LoginMaterial material, TimeProvider clock)
    {
        MaterialFiles files = new(material);

        // Files are replaced by renames, so no delay for partly written files is needed.
        ReloadOptions options = new() { TimeProvider = clock, SettleDelay = TimeSpan.Zero };
        return new(
            clock,
            material.Challenge,
            files,
            await TrustBundle.OpenAsync(files.Bundle, options: options),
            await TokenKeySet.OpenAsync(files.KeySet, options),
            await SigningCertificateRing.OpenAsync(files.Signer, options),
            await SigningKeyPair.OpenAsync(files.Signer, files.SignerKey, options));
    }

    public void Dispose()
    {
        foreach (IDisposable disposable in (IDisposable[])[bundle, keys, ring, pair, files])
            disposable.Dispose();
    }

    /// <summary>Replaces and reloads all files at an interval, and returns how often.</summary>
    internal async Task<int> ReloadUntilAsync(TimeSpan interval, CancellationToken stop)
    {
        using PeriodicTimer timer = new(interval);
        int count = 0;
        try
        {
            for (; await timer.WaitForNextTickAsync(stop); count++)
                await ReplaceAllAsync();
        }
        catch (OperationCanceledException)
        {
        }

        return count;
    }

    /// <summary>Verifies a client's chain, as after its handshake, and decides its login.</summary>
    internal void LogInByCertificate(Client client, byte[] leaf, RejectionReason expected)
    {
        bundle.Current.TryVerify(leaf, [], out VerifiedCertificate? verified, out Rejection? rejection);
        Decide(new(client.ByCertificate, Logins.Connect(verified, rejection)), expected);
    }

    internal void LogInByToken(Client client, byte[] token, RejectionReason expected) =>
        Decide(new(client.ByToken, s_withoutCertificate) { Credential = token }, expected);

    internal void LogInThroughProxy(Client client, IReadOnlyList<ConnectionAttribute> sent, RejectionReason expected) => Decide(
        new(client.ByCertificate, s_withoutCertificate) { IsFromProxy = true, Challenge = challenge, Attributes = new(sent) }, expected);

    // Throws if old material is still in use.
    private async Task ReplaceAllAsync()
    {
        object[] before = InUse;
        files.Replace();
        ReloadResult[] results = await Task.WhenAll(bundle.ReloadAsync(), keys.ReloadAsync(), ring.ReloadAsync(), pair.ReloadAsync());

        // The results do not show this, because a token with an unknown key may have caused an earlier reload.
        if (InUse.Intersect(before, ReferenceEqualityComparer.Instance).Any())
            throw new InvalidOperationException($"Not all material was reloaded: {string.Join<ReloadResult>(", ", results)}");
    }

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
}
