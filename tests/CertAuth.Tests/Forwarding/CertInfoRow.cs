using System.Text;
using System.Text.Json;
using CertAuth.Forwarding;

namespace CertAuth.Tests.Forwarding;

/// <summary>One row of <c>cert-info.json</c>: the changes to a valid info, which is then signed, and to the attributes.</summary>
/// <remarks><c>set</c> replaces the JSON text of a member, or removes the member if it is null; <c>extra</c> is inserted before the closing
/// brace; <c>info</c> replaces the whole text. These texts have <see cref="Placeholders"/>. <c>signature</c> is a template with {sig},
/// {stranger} and {a:9}; <c>attributes</c> are the attributes that are sent; <c>now</c> is the offset of the verifier's clock in
/// seconds.</remarks>
internal sealed record CertInfoRow(
    string Id,
    RejectionReason Reason,
    Dictionary<string, string?>? Set,
    string? Extra,
    string? Info,
    string? User,
    string? Challenge,
    double Now,
    string? Label,
    string? Signature,
    string[]? Attributes)
{
    internal const string UserName = "alice";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    internal static byte[] DefaultChallenge { get; } = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    internal static IReadOnlyDictionary<string, CertInfoRow> All { get; } = JsonSerializer.Deserialize<List<CertInfoRow>>(
        RepositoryText.Read("tests/CertAuth.Tests/Forwarding/cert-info.json"), s_options)!
        .ToDictionary(row => row.Id);

    // The x5t is an arbitrary value of 32 bytes.
    private static (string Name, string Value)[] Default { get; } =
    [
        ("subject", "\"/C=US/O=Example/CN=alice\""), ("issuer", "\"/CN=client CA\""), ("SAN", "\"DNS:a.test,URI:urn:x\""),
        ("cipher", "\"TLS_AES_128_GCM_SHA256\""), ("tls", "\"TLSv1.3\""), ("x5t", "\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\""),
        ("ciphers", "\"TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256\""), ("vfy", "1"),
        ("srv_nbf", "1700000000"), ("srv_exp", "1900000000"),
        ("v", "1"), ("iat", "{now}"), ("exp", "{now+60}"), ("nonce", "\"AQIDBAUGBwgJCgsMDQ4PEBESExQ\""), ("user", "\"alice\""),
    ];

    internal string LoginUser => Encoding.UTF8.GetString(Fill(User ?? UserName));

    internal byte[] ServerChallenge => Challenge is null ? DefaultChallenge : Convert.FromHexString(Challenge);

    internal byte[] InfoBytes => Fill(Info ?? $"{{{string.Join(',', Members())}{Extra}}}");

    internal ConnectionAttributes ToAttributes(TestSigner signer)
    {
        byte[] info = InfoBytes;
        string signature = (Signature ?? "v1.{sig}")
            .Replace("{sig}", signer.Sign(info, Label ?? TestSigner.Label), StringComparison.Ordinal)
            .Replace("{stranger}", TestSigner.Stranger.Sign(info), StringComparison.Ordinal);
        return new((Attributes ?? ["info", "signature"]).Select(attribute => attribute switch
        {
            "info" => new ConnectionAttribute(Encoding.ASCII.GetBytes(CertInfoToken.InfoAttributeName), info),
            "signature" => new(Encoding.ASCII.GetBytes(CertInfoToken.SignatureAttributeName), Fill(signature)),
            _ => new(attribute, "x"),
        }));
    }

    private IEnumerable<string> Members()
    {
        foreach ((string name, string value) in Default)
        {
            string? text = Set is not null && Set.TryGetValue(name, out string? other) ? other : value;
            if (text is not null)
                yield return $"\"{name}\":{text}";
        }
    }

    private static byte[] Fill(string text) => Placeholders.Fill(text, TestClock.Now);
}
