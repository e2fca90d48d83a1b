using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace CertAuth.Testing;

/// <summary>A throw-away CA for unit tests, self-signed or intermediate. Do not use it in production: it issues every certificate that it
/// is asked for.</summary>
/// <remarks>The serial numbers of each CA count up from 1, the number of its self-signed certificate, unless
/// <see cref="TestCertificateAuthorityOptions.RandomSerialNumbers"/> is set. There is nothing to dispose. Safe for concurrent
/// use.</remarks>
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

    /// <summary>Gets the CA's own certificate, with its key and the intermediates between it and the anchor.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>Gets the CA's key pair.</summary>
    public TestKey Key { get; }

    /// <summary>Gets the CA's own certificate as DER.</summary>
    public ReadOnlyMemory<byte> Der => Certificate.Der;

    /// <summary>Gets the CA's own certificate as PEM. Concatenated with that of a rotated CA, it makes a combined CA file.</summary>
    public string Pem => Certificate.Pem;

    /// <summary>Gets the subject key identifier of the CA's own certificate, which distinguishes issuers with the same name; null if the
    /// certificate has none.</summary>
    internal byte[]? SubjectKeyIdentifier => _authorityKeyIdentifier;

    /// <summary>Gets the CA's name as DER.</summary>
    public ReadOnlyMemory<byte> SubjectDer => _subject.Encode();

    /// <summary>Creates a self-signed CA, the anchor of the certificates that it and its intermediates issue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The key type of the options is undefined, or the path length is negative.</exception>
    public static TestCertificateAuthority Create(TestName subject, TestCertificateAuthorityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return CreateCore(subject, options ?? new(), issuer: null);
    }

    /// <summary>Issues a client certificate with a new P-256 key: version 3, for TLS clients, valid for one year.</summary>
    public TestCertificate IssueClient(TestName subject, params ReadOnlySpan<TestSan> sans)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Issue(new() { Subject = subject, Sans = sans.ToArray() });
    }

    /// <summary>Issues a server certificate with a new P-256 key. The first host is also the common name.</summary>
    /// <param name="hosts">The DNS names, dotted quads and IPv6 addresses of the server; at least one.</param>
    /// <exception cref="ArgumentException">There is no host, or a host is empty, is not ASCII, or has brackets, a port or a
    /// zone.</exception>
    /// <exception cref="FormatException">A name with a colon is not an IPv6 address.</exception>
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

    /// <summary>Creates an intermediate CA, the certificate of which this CA issues.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The key type of the options is undefined, or the path length is negative.</exception>
    public TestCertificateAuthority IssueIntermediate(TestName subject, TestCertificateAuthorityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return CreateCore(subject, options ?? new(), this);
    }

    /// <summary>Issues a valid revocation list. This CA must have issued each certificate, and each must be passed only once. Neither is
    /// checked, because the list contains only serial numbers.</summary>
    public TestRevocationList IssueRevocationList(params ReadOnlySpan<TestCertificate> revoked) => IssueRevocationList([.. revoked], new());

    /// <summary>Issues a revocation list exactly as described, faults included.</summary>
    /// <exception cref="ArgumentException">The signing key does not support the hash.</exception>
    public TestRevocationList IssueRevocationList(IReadOnlyList<TestCertificate> revoked, TestRevocationListOptions options)
    {
        ArgumentNullException.ThrowIfNull(revoked);
        ArgumentNullException.ThrowIfNull(options);
        return new(RevocationListWriter.Write(this, _clock.GetUtcNow(), revoked, options));
    }

    /// <summary>Issues a certificate exactly as requested, faults included.</summary>
    /// <exception cref="ArgumentException">The request cannot be encoded: a version 1 certificate has subject alternative names, or the
    /// CA's key does not support the signature.</exception>
    public TestCertificate Issue(TestCertificateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Version == TestCertificateVersion.V1 && request.Sans.Count > 0)
        {
            throw new ArgumentException(
                $"A version 1 certificate cannot have {nameof(request.Sans)}. To make a malformed one, use {nameof(request.Extensions)}.",
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
            AuthorityKeyIdentifier =
                request.AuthorityKeyIdentifier ?? (_options.AuthorityKeyIdentifier && _authorityKeyIdentifier is not null),
        }, Key, _authorityKeyIdentifier ?? Key.ComputeKeyIdentifier());
        return new(der, key, _isSelfSigned ? [] : [Certificate.Der, .. Certificate.Chain]);
    }

    /// <summary>Creates the next CA of a rotation: the same subject, issuer and options with a new key. This CA remains usable.</summary>
    /// <param name="keyType">The type of the new key; null for the type of the current one.</param>
    /// <param name="notAfter">The last second of validity; null for that of the options.</param>
    /// <exception cref="InvalidOperationException">The CA is an intermediate read from PEM, so the key of its issuer is
    /// unknown.</exception>
    public TestCertificateAuthority Rotate(TestKeyType? keyType = null, DateTimeOffset? notAfter = null)
    {
        if (_issuer is null && !_isSelfSigned)
        {
            throw new InvalidOperationException(
                "An intermediate read from PEM cannot be rotated, because the key of its issuer is unknown. "
                + $"Call {nameof(IssueIntermediate)} of its issuer.");
        }

        TestCertificateAuthorityOptions options = _options with
        {
            Key = null,
            KeyType = keyType ?? Key.Type,
            NotAfter = notAfter ?? _options.NotAfter,
        };
        return CreateCore(_subject, options, _issuer);
    }

    /// <summary>Creates a CA with the name and key of another CA and a certificate issued by this CA. Certificates that the result issues
    /// have the cross certificate in their chain; they also verify against the other CA's own certificate.</summary>
    public TestCertificateAuthority CrossSign(TestCertificateAuthority other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(other._subject, other._options, this, other.Key, other._lastSerial);
    }

    /// <summary>Creates an object for the CA's own certificate, without its private key. The caller disposes it.</summary>
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
