using System.Text.Json.Nodes;
using CertAuth.EndToEnd.Tests.Support;
using CertAuth.Signing;
using CertAuth.Testing;

namespace CertAuth.EndToEnd.Tests.Clients;

/// <summary>Signs login tokens, right and wrong ones, for the site's account <c>tok</c>, and publishes key sets for its server.</summary>
internal sealed class TokenIssuer(Site site)
{
    private const string User = "tok", Email = "tok@example.com", Issuer = "issuer-abc";

    internal TestTokenKey Key { get; } = CreateKey("key-1");

    internal static TestTokenKey CreateKey(string keyId) => TestTokenKey.Create(keyId, SignatureAlgorithm.ES256);

    internal static string Mint(TestTokenKey key) => key.Mint(User, Email, TimeProvider.System.GetUtcNow(), Issuer);

    /// <summary>Replaces the key set as an operator should: by a rename.</summary>
    internal void Publish(params ReadOnlySpan<TestTokenKey> keys)
    {
        string next = site.Folder.KeySet + ".next";
        File.WriteAllBytes(next, TestTokenKey.KeySet(keys));
        File.Move(next, site.Folder.KeySet, overwrite: true);
    }

    /// <summary>A token that has one fault.</summary>
    internal string Mint(TokenFault fault)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        JsonObject claims = new()
        {
            ["sub"] = fault == TokenFault.AnothersSubject ? "other" : User,
            ["email"] = fault == TokenFault.AnothersEmail ? "other@example.com" : Email,
            ["iss"] = fault == TokenFault.AnotherIssuer ? "issuer-xyz" : Issuer,
            ["iat"] = now.AddMinutes(fault switch { TokenFault.TooOld => -16, TokenFault.Expired => -10, _ => 0 }).ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(fault == TokenFault.Expired ? -1 : 10).ToUnixTimeSeconds(),
        };
        TestTokenKey key = fault switch
        {
            TokenFault.KeyOfAnotherName => CreateKey("key-2"),
            TokenFault.AnotherKeyOfTheName => CreateKey(Key.KeyId),
            _ => Key,
        };
        return key.Mint(claims);
    }
}

/// <summary>What is wrong with a token, or with how it comes.</summary>
public enum TokenFault
{
    None = 0,
    AnothersSubject = 1,
    AnothersEmail = 2,
    AnotherIssuer = 3,
    Expired = 4,
    TooOld = 5,
    KeyOfAnotherName = 6,
    AnotherKeyOfTheName = 7,
    WithoutTls = 8,
}
