using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tls;
using CertAuth.Trust;

namespace CertAuth.Tests.Logins;

/// <summary>Decides the logins that a real server decided, with CertAuth and the configuration of that server.</summary>
/// <remarks>The trusted CAs are deduced from the outcomes: <c>ca1.pem</c>, for the rows <c>two-ca-1</c> and <c>two-ca-2</c> also
/// <c>ca2.pem</c>, and for <c>two-ca-samename</c> also <c>ca1fake.pem</c>, a CA with the same name. The rows were measured in November
/// 2026. Both servers reject a certificate that does not verify in the handshake, whatever the account requires.</remarks>
internal sealed class LoginServer(string vectors, string suite13, string suite12)
{
    internal static LoginServer MariaDb { get; } = new("mariadb-logins.json", "TLS_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384");

    internal static LoginServer MySql { get; } = new("mysql-logins.json", "TLS_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256");

    internal VectorFile<LoginVector> Logins { get; } = new(vectors, login => login.Id);

    /// <summary>Returns the reason why CertAuth rejects the login; null if CertAuth accepts it.</summary>
    internal string? FindRejection(LoginVector login)
    {
        if (!LoginRequirement.TryParse(login.EffectiveClause, out LoginRequirement? requirement, out RequirementError error))
            return $"the clause: {error}";
        if (login.Tls == "off")
            return Describe(requirement.Evaluate(null));

        VerifiedCertificate? verified = null;
        if (login.Cert is { } file && !TryVerify(login, file, out verified, out Rejection? rejection))
            return $"the handshake: {rejection}";

        bool isTls12 = (login.GetStatus("Ssl_version") ?? login.Tls) == "TLSv1.2";
        string suite = login.GetStatus("Ssl_cipher") ?? login.ClientCipher ?? (isTls12 ? suite12 : suite13);
        CipherSuites.TryParseName(suite, out TlsCipherSuite cipherSuite).Should().BeTrue(suite);
        return Describe(requirement.Evaluate(new()
        {
            Protocol = isTls12 ? SslProtocols.Tls12 : SslProtocols.Tls13,
            CipherSuite = cipherSuite,
            ClientCertificate = verified,
        }));
    }

    private static bool TryVerify(LoginVector login, string file, out VerifiedCertificate? verified, out Rejection? rejection)
    {
        string anchors = ReadCertificate("ca1.pem") + login.Id switch
        {
            "two-ca-1" or "two-ca-2" => ReadCertificate("ca2.pem"),
            "two-ca-samename" => ReadCertificate("ca1fake.pem"),
            _ => "",
        };
        TrustBundle bundle = TrustBundle.Parse(System.Text.Encoding.ASCII.GetBytes(anchors), new()
        {
            TimeProvider = new FixedClock(new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)),
        });

        byte[][] sent = [.. ReadBlocks(ReadCertificate(file))];
        return bundle.TryVerify(sent[0], [.. sent[1..].Select(der => (ReadOnlyMemory<byte>)der)], out verified, out rejection);
    }

    private static string ReadCertificate(string name) => File.ReadAllText(SharedFiles.RequireVectors(Path.Combine("certs", name)));

    private static IEnumerable<byte[]> ReadBlocks(string pem)
    {
        while (PemEncoding.TryFind(pem, out PemFields fields))
        {
            yield return Convert.FromBase64String(pem[fields.Base64Data]);
            pem = pem[fields.Location.End..];
        }
    }

    private static string? Describe(RejectionReason reason) => reason == RejectionReason.None ? null : reason.ToString();
}
