using System.Buffers;
using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Json;
using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Forwarding;

/// <summary>Reads the facts of the client connection from an info whose signature was verified. They have the same form as those of a
/// direct connection and are marked as forwarded.</summary>
/// <remarks>The reader caches up to 1,024 encoded names, because the same clients connect repeatedly and reading both names takes a tenth
/// of the time of an RSA verification. Only names that a trusted proxy signed are cached. Safe for concurrent use.</remarks>
internal sealed class CertInfoConnectionReader
{
    // The length of 32 bytes in base64url.
    private const int DigestCharacters = 43;
    private const string OrWithoutTls = ", or an empty string without TLS";

    private readonly BoundedCache<byte[]> _names = new(ForwardingBounds.MaxCachedNames);

    /// <summary>Reads the facts. Returns the rejection; null if the facts are accepted. The connection is null for a client without TLS and
    /// for a rejected info.</summary>
    internal Rejection? Read(in CertInfo info, out TlsConnectionInfo? connection)
    {
        connection = null;
        ReadOnlySpan<byte> tls = info.Get(CertInfoMembers.Tls), cipher = info.Get(CertInfoMembers.Cipher);
        if (tls.IsEmpty && cipher.IsEmpty)
            return CheckWithoutTls(info);
        if (ReadVersion(tls) is not { } protocol)
            return RejectTls("tls TLSv1.2 or TLSv1.3" + OrWithoutTls, tls);
        if (!TryReadSuite(cipher, out TlsCipherSuite suite))
            return RejectTls("cipher with the name of one cipher suite" + OrWithoutTls, cipher);

        ReadOnlySpan<byte> ciphers = info.Get(CertInfoMembers.Ciphers);
        if (!TryReadSuites(ciphers, out ImmutableArray<TlsCipherSuite> suites))
            return RejectCiphers(ciphers);
        if (ReadCertificate(info, out VerifiedCertificate? certificate) is { } rejection)
            return rejection;

        long verify = info.Get(CertInfoMembers.Verify);
        if (verify > 1)
            return RejectVerify(verify);

        connection = new()
        {
            Protocol = protocol,
            CipherSuite = suite,
            ClientCertificate = certificate,
            ClientCertificateRequested = verify == 1,
            AllowedCipherSuites = suites,
            ServerCertificateNotBefore = ToDateTimeOffset(info.Get(CertInfoMembers.ServerNotBefore)),
            ServerCertificateNotAfter = ToDateTimeOffset(info.Get(CertInfoMembers.ServerNotAfter)),
            Origin = FactsOrigin.Forwarded,
        };
        return null;
    }

    // Without TLS, the client and the server present no certificate, and there are no cipher suites.
    private Rejection? CheckWithoutTls(in CertInfo info)
    {
        ReadOnlySpan<byte> ciphers = info.Get(CertInfoMembers.Ciphers);
        if (!ciphers.IsEmpty)
            return RejectCiphers(ciphers);
        if (info.Get(CertInfoMembers.Verify) is > 1 and long verify)
            return RejectVerify(verify);
        if (info.Get(CertInfoMembers.ServerNotBefore) != 0 || info.Get(CertInfoMembers.ServerNotAfter) != 0)
            return new(RejectionReason.ForwardedInfoBadTls, "srv_nbf 0 and srv_exp 0 without TLS", "other values");
        if (ReadCertificate(info, out VerifiedCertificate? certificate) is { } rejection)
            return rejection;
        return certificate is null ? null : new(RejectionReason.ForwardedInfoBadCertificate, "no certificate without TLS", "a certificate");
    }

    private Rejection? ReadCertificate(in CertInfo info, out VerifiedCertificate? certificate)
    {
        certificate = null;
        ReadOnlySpan<byte> subject = info.Get(CertInfoMembers.Subject), issuer = info.Get(CertInfoMembers.Issuer);
        ReadOnlySpan<byte> san = info.Get(CertInfoMembers.San), digest = info.Get(CertInfoMembers.CertificateSha256);
        if (digest.IsEmpty)
        {
            bool hasNames = !subject.IsEmpty || !issuer.IsEmpty || !san.IsEmpty;
            return hasNames
                ? new(RejectionReason.ForwardedInfoBadCertificate, "no names without an x5t", "names and an empty x5t")
                : null;
        }

        byte[] sha256 = new byte[SHA256.HashSizeInBytes];
        if (digest.Length != DigestCharacters || !StrictBase64Url.TryDecode(digest, sha256, out _))
            return new(RejectionReason.ForwardedInfoBadCertificate, "x5t with 32 bytes in base64url", "another value");
        if (ReadName(subject) is not { } subjectDer)
            return RejectText(RejectionReason.ForwardedInfoBadName, "the subject in canonical form", subject);
        if (ReadName(issuer) is not { } issuerDer)
            return RejectText(RejectionReason.ForwardedInfoBadName, "the issuer in canonical form", issuer);

        byte[]? generalNames = san.IsEmpty ? null : SanText.ToDerOrNull(san);
        if (!san.IsEmpty && generalNames is null)
            return RejectText(RejectionReason.ForwardedInfoBadSan, "entries with the types URI, IP and DNS, separated by commas", san);

        certificate = new(sha256, subjectDer, issuerDer, generalNames);
        return null;
    }

    private static SslProtocols? ReadVersion(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("TLSv1.3"u8) ? SslProtocols.Tls13
        : text.SequenceEqual("TLSv1.2"u8) ? SslProtocols.Tls12
        : null;

    private static bool TryReadSuite(ReadOnlySpan<byte> name, out TlsCipherSuite suite)
    {
        Span<char> text = stackalloc char[CipherSuites.MaxNameLength];
        suite = default;
        return name.Length <= text.Length && Ascii.ToUtf16(name, text, out int length) == OperationStatus.Done
            && CipherSuites.TryParseName(text[..length], out suite);
    }

    private byte[]? ReadName(ReadOnlySpan<byte> text)
    {
        if (_names.TryGet(text, out byte[]? name))
            return name;

        name = CanonicalNameReader.ToDerOrNull(text);
        if (name is not null && text.Length <= ForwardingBounds.MaxCachedNameBytes)
            _names.Set(text.ToArray(), name);
        return name;
    }

    private static bool TryReadSuites(ReadOnlySpan<byte> list, out ImmutableArray<TlsCipherSuite> suites)
    {
        suites = [];
        if (list.IsEmpty)
            return true;

        char[] text = ArrayPool<char>.Shared.Rent(list.Length);
        bool isRead = Ascii.ToUtf16(list, text, out int length) == OperationStatus.Done
            && CipherSuites.TryParseList(text.AsSpan(0, length), out suites, out _);
        ArrayPool<char>.Shared.Return(text);
        return isRead;
    }

    // 0 means that the time is not known.
    private static DateTimeOffset? ToDateTimeOffset(long seconds) => seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static Rejection RejectTls(string required, ReadOnlySpan<byte> presented) =>
        RejectText(RejectionReason.ForwardedInfoBadTls, required, presented);

    private static Rejection RejectCiphers(ReadOnlySpan<byte> presented) =>
        RejectTls("ciphers with the names of cipher suites, separated by colons" + OrWithoutTls, presented);

    private static Rejection RejectVerify(long presented) => new(RejectionReason.ForwardedInfoBadTls, "vfy 0 or 1", $"{presented}");

    private static Rejection RejectText(RejectionReason reason, string required, ReadOnlySpan<byte> presented) =>
        new(reason, required, Encoding.UTF8.GetString(presented));
}
