using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Forwarding;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Trust;

namespace CertAuth.Benchmarks;

/// <summary>One operation each: a proxy vouches for its client, and a server decides whether to believe it; a shared key of RSA-2048 or P-256.</summary>
/// <remarks>The client has a name of seven parts, one URI, TLS 1.3, and the proxy allows five suites. What comes "for the first time" is one of a
/// ring of tokens for clients of different names, more than a verifier might remember.</remarks>
public sealed class CertInfoMaterial : IDisposable
{
    private const string User = "tpch-user1", OtherUser = "root";
    private const int Clients = 2048;

    private static readonly TestKey s_clientKey = TestKey.Create(TestKeyType.P256);
    private static readonly TestCertificateAuthority s_ca = TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "PingCAP Inc."), ("CN", "CA")));
    private static readonly TrustBundle s_bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(s_ca.Pem));
    private static readonly TlsConnectionInfo[] s_clients = [.. Enumerable.Range(0, Clients).Select(Client)];
    private static readonly byte[] s_challenge = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private readonly CertInfoTokenIssuer _issuer;
    private readonly CertInfoTokenVerifier _verifier;
    private readonly CertInfoToken _token;
    private readonly ConnectionAttributes _attributes, _badlySigned;
    private readonly ConnectionAttributes[] _ring;
    private int _last;

    /// <summary>Material with a signing key of this kind.</summary>
    public CertInfoMaterial(TestKeyType keyType)
    {
        TestCertificate signer = s_ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), KeyType = keyType });
        byte[] pem = Encoding.ASCII.GetBytes(signer.Pem);
        StandingClock clock = new(TimeProvider.System.GetUtcNow());
        SigningOptions options = new() { TimeProvider = clock };
        if (!SigningKeyPair.TryParse(pem, Encoding.ASCII.GetBytes(signer.PrivateKeyPem), options, out SigningKeyPair? pair, out _)
            || !SigningCertificate.TryParse(pem, options, out SigningCertificate? certificate, out _))
        {
            throw new InvalidOperationException("The signer can't be loaded.");
        }

        _issuer = new(Source.Fixed(pair), new() { TimeProvider = clock });
        _verifier = new(new() { SharedKey = Source.Fixed(SigningCertificateRing.Create(certificate, options)), TimeProvider = clock });
        _ring = [.. s_clients.Select(client => new ConnectionAttributes(IssueFor(client).ToAttributes()))];
        _token = IssueFor(s_clients[0]);
        _attributes = new(_token.ToAttributes());

        // The facts of one token under the signature of another: what a forger has.
        _badlySigned = new(_token.ToAttributes()[0], IssueFor(s_clients[1]).ToAttributes()[1]);

        byte[] signature = Base64Url.DecodeFromUtf8(_token.Signature.Span["v1.".Length..]);
        Bare = new(signer.Key, Signed(_token.Info.Span), signature);
        Peers = new(signer, _token.Info.ToArray(), Signed(_token.Info.Span), signature, User, s_challenge, clock);
        CheckReason(_badlySigned, User, RejectionReason.ForwardedInfoBadSignature);
        CheckReason(_attributes, OtherUser, RejectionReason.ForwardedInfoUserMismatch);
    }

    /// <summary>The floor: the key's operation alone.</summary>
    public BareSignature Bare { get; }

    /// <summary>What one would write without the library.</summary>
    public CertInfoPeers Peers { get; }

    public bool Verify() => Verify(_attributes, User);

    public bool VerifyFirst() => Verify(_ring[(uint)Interlocked.Increment(ref _last) % Clients], User);

    public bool RejectBadSignature() => Verify(_badlySigned, User);

    public bool RejectWrongUser() => Verify(_attributes, OtherUser);

    public bool Issue() => _issuer.TryIssue(s_clients[0], User, s_challenge, out _, out _);

    public void Dispose()
    {
        Bare.Dispose();
        Peers.Dispose();
    }

    private static TlsConnectionInfo Client(int number)
    {
        TestName subject = TestName.Of(
            ("C", "US"), ("ST", "California"), ("L", "San Francisco"), ("O", "PingCAP Inc."), ("OU", "TiDB"), ("CN", $"tpch-user{number}"),
            ("emailAddress", "zz@pingcap.com"));
        TestCertificate leaf = s_ca.Issue(new() { Subject = subject, Key = s_clientKey, Sans = [TestSan.Uri($"spiffe://example.org/service/{number}")] });
        return s_bundle.TryVerify(leaf.Der.Span, [], out VerifiedCertificate? verified, out Rejection? rejection)
            ? new()
            {
                Protocol = SslProtocols.Tls13,
                CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                ClientCertificate = verified,
                ClientCertificateRequested = true,
                AllowedCipherSuites =
                [
                    TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                    TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                ],
                ServerCertificateNotBefore = DateTimeOffset.UnixEpoch.AddDays(20_000),
                ServerCertificateNotAfter = DateTimeOffset.UnixEpoch.AddDays(24_000),
            }
            : throw new InvalidOperationException($"{rejection}");
    }

    // As the specification has it, and not as the library does it.
    private static byte[] Signed(ReadOnlySpan<byte> info)
    {
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)info.Length);
        return [.. "TIPROXY-CERT-INFO-V1\0"u8, .. length, .. info];
    }

    private CertInfoToken IssueFor(TlsConnectionInfo client) =>
        _issuer.TryIssue(client, User, s_challenge, out CertInfoToken? token, out Rejection? rejection)
            ? token
            : throw new InvalidOperationException($"{rejection}");

    private bool Verify(ConnectionAttributes attributes, string user) => Decide(attributes, user).Succeeded;

    private CertInfoResult Decide(ConnectionAttributes attributes, string user)
    {
        ValueTask<CertInfoResult> task = _verifier.VerifyAsync(attributes, user, s_challenge);
        return task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("It waited.");
    }

    // A refusal for another reason might come earlier, and cost less.
    private void CheckReason(ConnectionAttributes attributes, string user, RejectionReason reason)
    {
        if (Decide(attributes, user).Rejection is not { } rejection || rejection.Reason != reason)
            throw new InvalidOperationException($"A token isn't refused for its reason, {reason}.");
    }

    /// <summary>A clock that stands still, since tokens are for a minute and runs are longer; it costs what the system's costs.</summary>
    private sealed class StandingClock(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() < time ? DateTimeOffset.MinValue : time;
    }
}
