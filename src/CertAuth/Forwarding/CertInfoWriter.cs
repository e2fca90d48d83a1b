using System.Buffers;
using System.Buffers.Text;
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
    private static string RequiredLength => $"an info of at most {ForwardingBounds.MaxInfoBytes} bytes";

    /// <summary>Returns null and the info, or the reason why the facts do not fit into an info.</summary>
    internal static Rejection? Write(
        TlsConnectionInfo? client, string user, ReadOnlySpan<byte> challenge, DateTimeOffset now, TimeSpan lifetime, out byte[]? info)
    {
        info = null;
        if ((CheckUser(user) ?? CheckTls(client)) is { } unrepresentable)
            return unrepresentable;
        if (ReadNames(client?.ClientCertificate, out (string Subject, string Issuer, string San) names) is { } rejection)
            return rejection;

        long issuedAt = now.ToUnixTimeSeconds();
        CertInfoFacts facts = new(
            client, names.Subject, names.Issuer, names.San, issuedAt, issuedAt + (long)lifetime.TotalSeconds,
            Base64Url.EncodeToString(challenge), user);
        ArrayBufferWriter<byte> utf8 = new(1024);
        using (Utf8JsonWriter writer = new(utf8, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (CertInfoMember member in CertInfoMembers.All)
                member.Write(writer, facts);
            writer.WriteEndObject();
        }

        if (utf8.WrittenCount > ForwardingBounds.MaxInfoBytes)
            return RejectUnrepresentable(RequiredLength, $"an info of {utf8.WrittenCount} bytes");
        info = utf8.WrittenSpan.ToArray();
        return null;
    }

    // The JSON writer replaces an unpaired surrogate with U+FFFD. The info would then name another user.
    private static Rejection? CheckUser(string user)
    {
        // In UTF-8, the name has at least as many bytes as UTF-16 code units.
        if (user.Length > ForwardingBounds.MaxInfoBytes)
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

    private static Rejection? ReadNames(VerifiedCertificate? certificate, out (string Subject, string Issuer, string San) names)
    {
        names = ("", "", "");
        if (certificate is null)
            return null;
        if (!DistinguishedName.TryFormatDer(certificate.SubjectDer.Span, NameFormat.Canonical, out string? subject, out NameError error))
            return RejectUnrepresentable("a well-formed subject", error.ToString());
        if (!DistinguishedName.TryFormatDer(certificate.IssuerDer.Span, NameFormat.Canonical, out string? issuer, out error))
            return RejectUnrepresentable("a well-formed issuer", error.ToString());
        if (certificate.SanState is SanState.Malformed or SanState.Repeated)
            return RejectUnrepresentable("a well-formed subject alternative name extension", "a malformed or repeated extension");

        names = (subject, issuer, SanText.Format(certificate.SanExtension));
        int length = subject.Length + issuer.Length + names.San.Length;
        return length > ForwardingBounds.MaxInfoBytes ? RejectUnrepresentable(RequiredLength, $"names of {length} characters") : null;
    }

    private static Rejection RejectSuite(TlsCipherSuite suite) =>
        RejectUnrepresentable("a cipher suite that has a name", CipherSuites.GetOpenSslName(suite));

    private static Rejection RejectUnrepresentable(string required, string presented) =>
        new(RejectionReason.ForwardingFactsUnrepresentable, required, presented);
}
