using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>A throw-away CA for unit tests, self-signed or intermediate. Never for production: it certifies whatever it is told
/// to.</summary>
/// <remarks>Serial numbers count up from 1 for each CA, its self-signed certificate being the first, unless they are to be random. Nothing needs
/// disposing. Safe for concurrent use.</remarks>
public sealed partial class TestCertificateAuthority
{
    internal const int CaYears = 10;
    internal const int LeafYears = 1;

    private readonly TestName _subject;
    private readonly TestCertificateAuthorityOptions _options;
    private readonly TestCertificateAuthority? _issuer;
    private readonly TimeProvider _clock;
    private readonly StrongBox<long> _lastSerial;
    private readonly byte[]? _authorityKeyIdentifier;
    private readonly bool _isSelfSigned;

    private TestCertificateAuthority(
        TestName subject,
        TestCertificateAuthorityOptions options,
        TestCertificateAuthority? issuer,
        TestKey key,
        StrongBox<long> lastSerial)
    {
        (_subject, _options, _issuer, Key, _lastSerial) = (subject, options, issuer, key, lastSerial);
        _clock = options.TimeProvider ?? issuer?._clock ?? TimeProvider.System;
        _authorityKeyIdentifier = HasSubjectKeyIdentifier ? Key.ComputeKeyIdentifier() : null;
        _isSelfSigned = issuer is null;
        Certificate = (issuer ?? this).Issue(CreateOwnRequest());
    }

    /// <summary>The CA's own certificate, with its key and what stands between it and the anchor.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>The CA's key pair.</summary>
    public TestKey Key { get; }

    /// <summary>The CA's own certificate as DER.</summary>
    public ReadOnlyMemory<byte> Der => Certificate.Der;

    /// <summary>The CA's own certificate as PEM; followed by a rotated CA's it makes a combined CA file.</summary>
    public string Pem => Certificate.Pem;

    /// <summary>What the CA's own certificate says of its key, from which issuers are told apart that have one name; null where it says
    /// nothing.</summary>
    internal byte[]? SubjectKeyIdentifier => _authorityKeyIdentifier;

    /// <summary>The CA's name as DER.</summary>
    public ReadOnlyMemory<byte> SubjectDer => _subject.Encode();

    /// <summary>A new self-signed CA, the anchor of what it and its intermediates issue.</summary>
    /// <exception cref="ArgumentException">The options contradict one another.</exception>
    public static TestCertificateAuthority Create(TestName subject, TestCertificateAuthorityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return CreateCore(subject, options ?? new(), issuer: null);
    }

    /// <summary>A client certificate with a new P-256 key: version 3, for TLS clients, valid for a year.</summary>
    public TestCertificate IssueClient(TestName subject, params ReadOnlySpan<TestSan> sans)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Issue(new() { Subject = subject, Sans = sans.ToArray() });
    }

    /// <summary>A server certificate with a new P-256 key for these hosts; the first is also the common name.</summary>
    /// <param name="hosts">DNS names, dotted quads and IPv6 addresses; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or one isn't ASCII.</exception>
    public TestCertificate IssueServer(params ReadOnlySpan<string> hosts)
    {
        if (hosts.IsEmpty)
            throw new ArgumentException("A server certificate needs at least one host.", nameof(hosts));

        List<TestSan> sans = [];
        foreach (string host in hosts)
            sans.Add(HostName.ToSan(host));
        return Issue(new()
        {
            Subject = TestName.Of(("CN", hosts[0])),
            Sans = sans,
            ExtendedKeyUsages = [TestCertificateRequest.ServerAuth],
        });
    }

    /// <summary>A new CA below this one.</summary>
    public TestCertificateAuthority IssueIntermediate(TestName subject, TestCertificateAuthorityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return CreateCore(subject, options ?? new(), this);
    }

    /// <summary>A good revocation list of these certificates, of none too; each must be this CA's, once: a serial number is all that a list
    /// has of it.</summary>
    public TestRevocationList IssueRevocationList(params ReadOnlySpan<TestCertificate> revoked) => IssueRevocationList([.. revoked], new());

    /// <summary>A revocation list just as described, faults included.</summary>
    /// <exception cref="ArgumentException">The key that signs has no signature with the hash.</exception>
    public TestRevocationList IssueRevocationList(IReadOnlyList<TestCertificate> revoked, TestRevocationListOptions options)
    {
        ArgumentNullException.ThrowIfNull(revoked);
        ArgumentNullException.ThrowIfNull(options);
        return new(RevocationListWriter.Write(this, _clock.GetUtcNow(), revoked, options));
    }

    /// <summary>A certificate just as requested, faults included.</summary>
    /// <exception cref="ArgumentException">The request can't be written: a version 1 certificate with subject alternative names, a
    /// signature
    /// that the CA's kind of key doesn't have.</exception>
    public TestCertificate Issue(TestCertificateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Version == TestCertificateVersion.V1 && request.Sans.Count > 0)
        {
            throw new ArgumentException(
                $"A version 1 certificate has no {nameof(request.Sans)}. To make a malformed one, use {nameof(request.Extensions)}.",
                nameof(request));
        }

        DateTimeOffset now = _clock.GetUtcNow();
        TestKey key = request.Key ?? TestKey.Create(request.KeyType);
        byte[] der = CertificateWriter.Write(request with
        {
            Key = key,
            Issuer = request.Issuer ?? _subject,
            SerialNumber = request.SerialNumber ?? NextSerialNumber(),
            NotBefore = request.NotBefore ?? now.AddHours(-1),
            NotAfter = request.NotAfter ?? now.AddYears(LeafYears),
            AuthorityKeyIdentifier = request.AuthorityKeyIdentifier ?? (_options.AuthorityKeyIdentifier && _authorityKeyIdentifier is not null),
        }, Key, _authorityKeyIdentifier ?? Key.ComputeKeyIdentifier());
        return new(der, key, _isSelfSigned ? [] : [Certificate.Der, .. Certificate.Chain]);
    }

    /// <summary>The next CA of a rotation: the same subject, issuer and options, a new key. This one stays usable.</summary>
    /// <param name="keyType">The kind of the new key; null for the same kind.</param>
    /// <param name="notAfter">Last second of validity; null for what the options say.</param>
    /// <exception cref="InvalidOperationException">An intermediate that was read from PEM: its issuer's key isn't at hand.</exception>
    public TestCertificateAuthority Rotate(TestKeyType? keyType = null, DateTimeOffset? notAfter = null)
    {
        if (_issuer is null && !_isSelfSigned)
            throw new InvalidOperationException("An intermediate from PEM can't be rotated alone: have its issuer issue the next one.");
        return CreateCore(_subject, _options with { Key = null, KeyType = keyType ?? Key.Type, NotAfter = notAfter ?? _options.NotAfter }, _issuer);
    }

    /// <summary>The other CA, same name and same key, certified by this one. What the result issues has the cross certificate in its chain,
    /// and verifies also under the other CA's own certificate.</summary>
    public TestCertificateAuthority CrossSign(TestCertificateAuthority other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(other._subject, other._options, this, other.Key, other._lastSerial);
    }

    /// <summary>The CA's own certificate, without its private key, as a new object. The caller disposes it.</summary>
    public X509Certificate2 ToX509Certificate2() => X509CertificateLoader.LoadCertificate(Der.Span);

    private static TestCertificateAuthority CreateCore(
        TestName subject, TestCertificateAuthorityOptions options, TestCertificateAuthority? issuer) =>
        new(subject, options, issuer, options.Key ?? TestKey.Create(options.KeyType), lastSerial: new());

    private bool HasSubjectKeyIdentifier => _options.SubjectKeyIdentifier && _options.Version == TestCertificateVersion.V3;

    private TestCertificateRequest CreateOwnRequest() => new()
    {
        Subject = _subject,
        Key = Key,
        Version = _options.Version,
        IsCa = _options.IsCa,
        PathLength = _options.PathLength,
        KeyUsage = _options.KeyUsage,
        ExtendedKeyUsages = [],
        SubjectKeyIdentifier = _options.SubjectKeyIdentifier,
        AuthorityKeyIdentifier = _issuer is null ? false : null,
        Extensions = _options.Extensions,
        NotBefore = _options.NotBefore,
        NotAfter = _options.NotAfter ?? _clock.GetUtcNow().AddYears(CaYears),
    };
}
