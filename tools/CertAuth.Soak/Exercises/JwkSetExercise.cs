using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using CertAuth.Reloading;
using CertAuth.Requirements;
using CertAuth.Signing;
using CertAuth.Testing;

namespace CertAuth.Soak.Exercises;

/// <summary>A JWK set of a permanent key and the keys of the last generations. Users log in with tokens of the permanent key, of the
/// generation seen last, and of the generation written last, which may need an early reload.</summary>
internal sealed class JwkSetExercise : Exercise
{
    private const string File = "jwks.json";
    private const string User = "alice";
    private const string Email = "alice@example.com";
    private const int PoolSize = 37;

    private static readonly TlsConnectionInfo s_connection = new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = TlsCipherSuite.TLS_AES_256_GCM_SHA384,
    };

    private readonly TestTokenKey _permanent = TestTokenKey.Create("permanent", SignatureAlgorithm.ES256);
    private readonly TestTokenKey[] _pool =
        [.. Enumerable.Range(0, PoolSize).Select(_ => TestTokenKey.Create("pool", SignatureAlgorithm.ES256))];
    private readonly Account _account = Account.WithToken(User, LoginRequirement.None, Email);
    private readonly Recent<Tokens> _tokens = new();
    private Reloadable<TokenKeySet>? _keys;
    private TokenAuthenticator? _authenticator;
    private int _made;

    internal override string Name => "JWK set";

    internal override int InUse
    {
        get
        {
            TokenKeySet keys = _keys!.Current;
            int generation = Volatile.Read(ref _made);
            while (generation >= 0 && keys.Find(Encoding.ASCII.GetBytes(GetName(generation))) is null)
                generation--;
            return generation;
        }
    }

    internal override IReadOnlyList<FileContent> CreateFiles(int generation)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        int first = Math.Max(0, generation - Overlap + 1);
        TestTokenKey[] keys = [.. Enumerable.Range(first, generation - first + 1).Select(GetKey)];
        _tokens.Set(generation, new(Mint(_permanent, now), Mint(keys[^1], now)));
        Volatile.Write(ref _made, generation);
        return [new(File, TestTokenKey.CreateJwkSet([_permanent, .. keys]))];
    }

    internal override async Task OpenAsync(string folder, ReloadOptions options)
    {
        _keys = await EagerReloads.OpenAsync(Path.Combine(folder, File), new TokenKeySetReader(), options);
        _authenticator = new(_keys);
    }

    internal override async Task<ReloadResult[]> ReloadAsync() => [await _keys!.ReloadAsync()];

    internal override LoginVerdict LogIn(LoginContext context)
    {
        Tokens seen = _tokens[context.Seen];
        foreach (byte[] token in (ReadOnlySpan<byte[]>)[seen.Permanent, seen.Newest, _tokens[context.Written].Newest])
        {
            ValueTask<AuthenticationResult> login = _authenticator!.AuthenticateAsync(new(_account, s_connection) { Credential = token });
            if (login.AsTask().GetAwaiter().GetResult().Rejection is { } rejection)
                return LoginVerdict.Failed(rejection.ToString());
        }

        return LoginVerdict.Accepted;
    }

    protected override void Dispose(bool isDisposing) => _keys?.Dispose();

    private TestTokenKey GetKey(int generation) => _pool[generation % PoolSize].With(keyId: GetName(generation));

    private static byte[] Mint(TestTokenKey key, DateTimeOffset now) => Encoding.ASCII.GetBytes(key.Mint(User, Email, now));

    private sealed record Tokens(byte[] Permanent, byte[] Newest);
}
