using System.Text.Json.Nodes;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Signing;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>Signs valid and defective login tokens for the site's account <c>tok</c>, and publishes JWK sets for its server.</summary>
internal sealed class TokenIssuer(Site site)
{
    private const string User = "tok", Email = "tok@example.com", Issuer = "issuer-abc";

    internal TestTokenKey Key { get; } = CreateKey("key-1");

    internal static TestTokenKey CreateKey(string keyId) => TestTokenKey.Create(keyId, SignatureAlgorithm.ES256);

    internal static string Mint(TestTokenKey key) => key.Mint(User, Email, TimeProvider.System.GetUtcNow(), Issuer);

    /// <summary>Replaces the JWK set atomically by a rename.</summary>
    internal void Publish(params ReadOnlySpan<TestTokenKey> keys)
    {
        string next = site.Folder.KeySet + ".next";
        File.WriteAllBytes(next, TestTokenKey.CreateJwkSet(keys));
        File.Move(next, site.Folder.KeySet, overwrite: true);
    }

    /// <summary>Issues a token with one defect.</summary>
    internal string Mint(TokenDefect defect)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        JsonObject claims = new()
        {
            ["sub"] = defect == TokenDefect.OtherSubject ? "other" : User,
            ["email"] = defect == TokenDefect.OtherEmail ? "other@example.com" : Email,
            ["iss"] = defect == TokenDefect.OtherIssuer ? "issuer-xyz" : Issuer,
            ["iat"] = now.AddMinutes(GetIssuedAtOffset(defect)).ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(defect == TokenDefect.Expired ? -1 : 10).ToUnixTimeSeconds(),
        };
        TestTokenKey key = defect switch
        {
            TokenDefect.OtherKeyId => CreateKey("key-2"),
            TokenDefect.OtherKeySameId => CreateKey(Key.KeyId),
            _ => Key,
        };
        return key.Mint(claims);
    }

    private static int GetIssuedAtOffset(TokenDefect defect) => defect switch
    {
        TokenDefect.IssuedTooLongAgo => -16,
        TokenDefect.Expired => -10,
        _ => 0,
    };
}
