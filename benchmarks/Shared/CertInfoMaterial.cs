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

/// <summary>The operations of cert-info tokens with a shared key of RSA-2048 or P-256: a proxy issues a token, and a server verifies it.
/// Each method performs one operation.</summary>
/// <remarks>The client has a name of seven RDNs, one URI and TLS 1.3, and the proxy allows five suites. A token "for the first time" is
/// from a ring of tokens for clients with different names, more than a verifier could cache.</remarks>
public sealed class CertInfoMaterial : IDisposable
{
    private const string User = "tpch-user1", OtherUser = "root";
    private const int Clients = 2048;

    private static readonly TestKey s_clientKey = TestKey.Create(TestKeyType.P256);
    private static readonly TestCertificateAuthority s_ca =
        TestCertificateAuthority.Create(TestName.Of(("C", "US"), ("O", "PingCAP Inc."), ("CN", "CA")));
    private static readonly TrustBundle s_bundle = TrustBundle.Parse(Encoding.ASCII.GetBytes(s_ca.Pem));
    private static readonly TlsConnectionInfo[] s_clients = [.. Enumerable.Range(0, Clients).Select(Client)];
    private static readonly byte[] s_challenge = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private readonly CertInfoTokenIssuer _issuer;
    private readonly CertInfoTokenVerifier _verifier;
    private readonly CertInfoToken _token;
    private readonly ConnectionAttributes _attributes, _badlySigned;
    private readonly ConnectionAttributes[] _ring;
    private int _last;

    /// <summary>Creates material with a signing key of the given type.</summary>
    public CertInfoMaterial(TestKeyType keyType)
    {
        TestCertificate signer = s_ca.Issue(new() { Subject = TestName.Of(("CN", "proxy")), KeyType = keyType });
        byte[] pem = Encoding.ASCII.GetBytes(signer.Pem);
        FrozenClock clock = new(TimeProvider.System.GetUtcNow());
        SigningOptions options = new() { TimeProvider = clock };
        if (!SigningKeyPair.TryParse(pem, Encoding.ASCII.GetBytes(signer.PrivateKeyPem), options, out SigningKeyPair? pair, out _)
            || !SigningCertificate.TryParse(pem, options, out SigningCertificate? certificate, out _))
        {
            throw new InvalidOperationException("The signer cannot be loaded.");
        }

        _issuer = new(Source.Fixed(pair), new() { TimeProvider = clock });
        _verifier = new(new() { SharedKey = Source.Fixed(SigningCertificateRing.Create(certificate, options)), TimeProvider = clock });
        _ring = [.. s_clients.Select(client => new ConnectionAttributes(IssueFor(client).ToAttributes()))];
        _token = IssueFor(s_clients[0]);
        _attributes = new(_token.ToAttributes());

        // The facts of one token with the signature of another, as a forger would combine them.
        _badlySigned = new(_token.ToAttributes()[0], IssueFor(s_clients[1]).ToAttributes()[1]);

        byte[] signature = Base64Url.DecodeFromUtf8(_token.Signature.Span["v1.".Length..]);
        Bare = new(signer.Key, Signed(_token.Info.Span), signature);
        Peers = new(signer, _token.Info.ToArray(), Signed(_token.Info.Span), signature, User, s_challenge, clock);
        CheckReason(_badlySigned, User, RejectionReason.ForwardedInfoBadSignature);
        CheckReason(_attributes, OtherUser, RejectionReason.ForwardedInfoUserMismatch);
    }

    /// <summary>The baseline: only the operation of the key.</summary>
    public BareSignature Bare { get; }

    /// <summary>The implementations without the library.</summary>
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
        TestSan san = TestSan.Uri($"spiffe://example.org/service/{number}");
        TestCertificate leaf = s_ca.Issue(new() { Subject = subject, Key = s_clientKey, Sans = [san] });
        return s_bundle.TryVerify(leaf.Der.Span, [], out VerifiedCertificate? verified, out Rejection? rejection)
            ? new()
            {
                Protocol = SslProtocols.Tls13,
                CipherSuite = TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                ClientCertificate = verified,
                ClientCertificateRequested = true,
                AllowedCipherSuites =
                [
                    TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384,
                    TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                    TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                ],
                ServerCertificateNotBefore = DateTimeOffset.UnixEpoch.AddDays(20_000),
                ServerCertificateNotAfter = DateTimeOffset.UnixEpoch.AddDays(24_000),
            }
            : throw new InvalidOperationException($"{rejection}");
    }

    // Written from the specification, independent of the library.
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
        return task.IsCompletedSuccessfully
            ? task.Result
            : throw new InvalidOperationException("The verification did not complete synchronously.");
    }

    // A rejection for another reason could occur earlier and cost less.
    private void CheckReason(ConnectionAttributes attributes, string user, RejectionReason reason)
    {
        if (Decide(attributes, user).Rejection is not { } rejection || rejection.Reason != reason)
            throw new InvalidOperationException($"A token is not rejected for the expected reason {reason}.");
    }

    /// <summary>A clock with a constant time, because tokens are valid for a minute and runs take longer. A call reads the system clock, so
    /// that it costs as much.</summary>
    private sealed class FrozenClock(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() < time ? DateTimeOffset.MinValue : time;
    }
}
