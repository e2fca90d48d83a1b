using System.Buffers.Binary;
using System.Buffers.Text;

namespace CertAuth.Ratios.Suites;

/// <summary>The operations of cert-info tokens with a shared key of RSA-2048 or P-256: a proxy issues a token, and a server verifies it.
/// Each method performs one operation.</summary>
/// <remarks>The client has a name of seven RDNs, one URI and TLS 1.3, and the proxy allows five suites. A token "for the first time" is
/// from a ring of tokens for clients with different names, more than a verifier could cache.</remarks>
internal sealed class CertInfoMaterial
{
    private const string User = "tpch-user1", OtherUser = "root";
    private const int Clients = 2048;

    private static readonly TestKey s_clientKey = TestKey.Create(TestKeyType.P256);
    private static readonly TestCertificateAuthority s_ca =
        TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "PingCAP Inc."), ("CN", "CA")));
    private static readonly TrustBundle s_bundle = Logins.Bundle(s_ca);
    private static readonly TlsConnectionInfo[] s_clients = [.. Enumerable.Range(0, Clients).Select(Client)];
    private static readonly byte[] s_challenge = TestProxySigner.AnyChallenge.ToArray();

    internal readonly ConnectionAttributes Token, BadlySigned;
    internal readonly BareSignature Bare;
    internal readonly CertInfoPeers Peers;

    private readonly CertInfoTokenIssuer _issuer;
    private readonly CertInfoTokenVerifier _verifier;
    private readonly ConnectionAttributes[] _ring;
    private int _last;

    internal CertInfoMaterial(TestKeyType keyType)
    {
        CertInfoTokenIssuerOptions options = new() { TimeProvider = new FrozenClock() };
        TestProxySigner proxy = new(s_ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), KeyType = keyType }), options);
        _issuer = new(Source.Fixed(proxy.KeyPair), options);
        _verifier = new(new() { SharedKey = proxy.Ring, TimeProvider = options.TimeProvider });
        _ring = [.. s_clients.Select(client => new ConnectionAttributes(IssueFor(client).ToAttributes()))];
        CertInfoToken token = IssueFor(s_clients[0]);
        Token = new(token.ToAttributes());

        // The facts of one token with the signature of another, as a forger would combine them.
        BadlySigned = new(token.ToAttributes()[0], IssueFor(s_clients[1]).ToAttributes()[1]);

        byte[] signature = Base64Url.DecodeFromUtf8(token.Signature.Span["v1.".Length..]);
        Bare = new(proxy.Certificate.Key, Signed(token.Info.Span), signature);
        Peers = new(proxy.Certificate, token.Info.ToArray(), Signed(token.Info.Span), signature, User, s_challenge, options.TimeProvider);
        Logins.Check(RejectionReason.ForwardedInfoBadSignature, Decide(BadlySigned, User).Rejection);
        Logins.Check(RejectionReason.ForwardedInfoUserMismatch, Decide(Token, OtherUser).Rejection);
    }

    internal bool Verify(ConnectionAttributes token) => Decide(token, User).Succeeded;

    internal bool VerifyForOther(ConnectionAttributes token) => Decide(token, OtherUser).Succeeded;

    internal ConnectionAttributes NextToken() => _ring[(uint)Interlocked.Increment(ref _last) % Clients];

    internal bool Issue() => _issuer.TryIssue(s_clients[0], User, s_challenge, out _, out _);

    private static TlsConnectionInfo Client(int number)
    {
        (string, string)[] subject = [.. NameEncodings.Attributes(7).Select(a => a.Type == "CN" ? (a.Type, $"tpch-user{number}") : a)];
        TestSan san = TestSan.Uri($"spiffe://example.org/service/{number}");
        TestCertificate leaf = s_ca.Issue(new() { Subject = TestName.Of(subject), Key = s_clientKey, Sans = [san] });
        return new()
        {
            Protocol = SslProtocols.Tls13,
            CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            ClientCertificate = Logins.Verify(s_bundle, leaf.Der),
            ClientCertificateRequested = true,
            AllowedCipherSuites =
            [
                TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            ],
            ServerCertificateNotBefore = DateTimeOffset.UnixEpoch.AddDays(20_000),
            ServerCertificateNotAfter = DateTimeOffset.UnixEpoch.AddDays(24_000),
        };
    }

    // Written from the specification, independent of the library.
    private static byte[] Signed(ReadOnlySpan<byte> info)
    {
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)info.Length);
        return [.. "TIPROXY-CERT-INFO-V1\0"u8, .. length, .. info];
    }

    private CertInfoToken IssueFor(TlsConnectionInfo client) => Logins.Forward(_issuer, client, User, s_challenge);

    private CertInfoResult Decide(ConnectionAttributes attributes, string user)
    {
        ValueTask<CertInfoResult> task = _verifier.VerifyAsync(attributes, user, s_challenge);
        return task.IsCompletedSuccessfully
            ? task.Result
            : throw new InvalidOperationException("The verification did not complete synchronously.");
    }
}
