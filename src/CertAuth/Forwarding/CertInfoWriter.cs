using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Text.Encodings.Web;
using System.Text.Json;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Forwarding;

/// <summary>Writes the info of a token: the facts of the client connection, bound to a time, a user and a challenge.</summary>
internal static class CertInfoWriter
{
    private static readonly ImmutableArray<JsonEncodedText> s_names =
        [.. Enum.GetValues<CertInfoMember>().Select(member => JsonEncodedText.Encode(CertInfoMembers.GetName(member)))];

    private static string RequiredLength => $"an info of at most {CertInfoToken.MaxInfoBytes} bytes";

    /// <summary>Returns null and the info, or the reason why the facts do not fit into an info.</summary>
    internal static Rejection? Write(
        TlsConnectionInfo? client, string user, ReadOnlySpan<byte> challenge, DateTimeOffset now, TimeSpan lifetime, out byte[]? info)
    {
        info = null;
        Names names = default;
        Rejection? rejection = CheckUser(user) ?? CheckTls(client) ?? ReadNames(client?.ClientCertificate, out names);
        if (rejection is not null)
            return rejection;

        ArrayBufferWriter<byte> utf8 = new(1024);
        using (Utf8JsonWriter writer = new(utf8, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            Write(writer, CertInfoMember.Subject, names.Subject);
            Write(writer, CertInfoMember.Issuer, names.Issuer);
            Write(writer, CertInfoMember.San, names.San);
            WriteTls(writer, client);
            long issuedAt = now.ToUnixTimeSeconds();
            Write(writer, CertInfoMember.Version, 1);
            Write(writer, CertInfoMember.IssuedAt, issuedAt);
            Write(writer, CertInfoMember.Expires, issuedAt + (long)lifetime.TotalSeconds);
            Write(writer, CertInfoMember.Nonce, Base64Url.EncodeToString(challenge));
            Write(writer, CertInfoMember.User, user);
            writer.WriteEndObject();
        }

        if (utf8.WrittenCount > CertInfoToken.MaxInfoBytes)
            return RejectUnrepresentable(RequiredLength, $"an info of {utf8.WrittenCount} bytes");
        info = utf8.WrittenSpan.ToArray();
        return null;
    }

    private static void WriteTls(Utf8JsonWriter writer, TlsConnectionInfo? client)
    {
        string digest = client?.ClientCertificate is { } certificate ? Base64Url.EncodeToString(certificate.Sha256.Span) : "";
        Write(writer, CertInfoMember.Cipher, client is null ? "" : CipherSuites.GetOpenSslName(client.CipherSuite));
        Write(writer, CertInfoMember.Tls, client is null ? "" : TlsVersions.GetName(client.Protocol));
        Write(writer, CertInfoMember.CertificateSha256, digest);
        Write(writer, CertInfoMember.Ciphers, client is null ? "" : CipherSuites.FormatList(client.AllowedCipherSuites));
        Write(writer, CertInfoMember.Verify, client is { ClientCertificateRequested: true } ? 1 : 0);
        Write(writer, CertInfoMember.ServerNotBefore, client?.ServerCertificateNotBefore?.ToUnixTimeSeconds() ?? 0);
        Write(writer, CertInfoMember.ServerNotAfter, client?.ServerCertificateNotAfter?.ToUnixTimeSeconds() ?? 0);
    }

    // The JSON writer replaces an unpaired surrogate with U+FFFD. The info would then name another user.
    private static Rejection? CheckUser(string user)
    {
        // In UTF-8, the name has at least as many bytes as UTF-16 code units.
        if (user.Length > CertInfoToken.MaxInfoBytes)
            return RejectUnrepresentable(RequiredLength, $"a user name of {user.Length} characters");

        return StrictUtf8.IndexOfUnpairedSurrogate(user) >= 0
            ? RejectUnrepresentable("a user name in well-formed Unicode", "a user name with an unpaired surrogate")
            : null;
    }

    private static Rejection? CheckTls(TlsConnectionInfo? client)
    {
        if (client is null)
            return null;
        if (client.Protocol is not (SslProtocols.Tls12 or SslProtocols.Tls13))
            return RejectUnrepresentable("TLSv1.2 or TLSv1.3", TlsVersions.GetName(client.Protocol));

        foreach (TlsCipherSuite suite in client.AllowedCipherSuites)
        {
            if (!CipherSuites.IsKnown(suite))
                return RejectSuite(suite);
        }

        if (!CipherSuites.IsKnown(client.CipherSuite))
            return RejectSuite(client.CipherSuite);

        // 0 means that the time is not known.
        bool isBefore1970 = client.ServerCertificateNotBefore <= DateTimeOffset.UnixEpoch
            || client.ServerCertificateNotAfter <= DateTimeOffset.UnixEpoch;
        return isBefore1970
            ? RejectUnrepresentable("a server certificate that is valid only after 1970-01-01T00:00:00Z", "an earlier time")
            : null;
    }

    private static Rejection? ReadNames(VerifiedCertificate? certificate, out Names names)
    {
        names = new("", "", "");
        if (certificate is null)
            return null;
        if (!DistinguishedName.TryFormatDer(certificate.SubjectDer.Span, NameFormat.Canonical, out string? subject, out NameError error))
            return RejectUnrepresentable("a well-formed subject", error.ToString());
        if (!DistinguishedName.TryFormatDer(certificate.IssuerDer.Span, NameFormat.Canonical, out string? issuer, out error))
            return RejectUnrepresentable("a well-formed issuer", error.ToString());
        if (certificate.SanState is SanState.Malformed or SanState.Repeated)
            return RejectUnrepresentable("a well-formed subject alternative name extension", "a malformed or repeated extension");

        names = new(subject, issuer, SanText.Format(certificate.SanExtension));
        int length = subject.Length + issuer.Length + names.San.Length;
        return length > CertInfoToken.MaxInfoBytes ? RejectUnrepresentable(RequiredLength, $"names of {length} characters") : null;
    }

    private static void Write(Utf8JsonWriter writer, CertInfoMember member, string value) =>
        writer.WriteString(s_names[(int)member], value);

    private static void Write(Utf8JsonWriter writer, CertInfoMember member, long value) => writer.WriteNumber(s_names[(int)member], value);

    private static Rejection RejectSuite(TlsCipherSuite suite) =>
        RejectUnrepresentable("a cipher suite that has a name", CipherSuites.GetOpenSslName(suite));

    private static Rejection RejectUnrepresentable(string required, string presented) =>
        new(RejectionReason.ForwardingFactsUnrepresentable, required, presented);

    private readonly record struct Names(string Subject, string Issuer, string San);
}
