using CertAuth.Benchmarks;

namespace CertAuth.Ratios;

/// <summary>The cost of validating a login token.</summary>
internal static class TokenSuite
{
    private const double Whole = 1.07;
    private const double Again = 0.06;
    private const double BeforeSignature = 0.02;

    internal static Suite<Table> Create(RsaVerification rsa)
    {
        TokenMaterial one = new(1), hundred = new(100), thousand = new(1000);
        return new([
            new("JWT, RS256, all claims",
            [
                Suites.Unit(rsa),
                new("JWT, 1 key", one.Validate, true, new(Whole, Bytes: 0)),
                new("JWT, 1,000 keys", thousand.Validate, true, new(Whole, Bytes: 0)),
                new("the same token again", one.ValidateAgain, true, Again),
                new("JWT rejected: another user's", one.RejectOtherUser, false, Whole),
                new("JWT rejected: unknown kid, 1 key", one.RejectUnknownKid, false, BeforeSignature),
                new("JWT rejected: unknown kid, 1,000 keys", thousand.RejectUnknownKid, false, BeforeSignature),
                new("JWT rejected: alg none", one.RejectNone, false, BeforeSignature),
                Case.Peer("JsonWebTokens 8.16.0, 1 key", one.Peers.Validate),
                Case.Peer("JsonWebTokens 8.16.0, unknown kid, 100 keys", hundred.Peers.RejectUnknownKid, expected: false),
                Case.Peer(
                "JsonWebTokens 8.16.0, unknown kid, 100 keys, by default", hundred.Peers.RejectUnknownKidByDefault, expected: false),
            ]),
        ]);
    }

    internal static Suite<GrowthTable> CreateGrowth() => new([
        new("keys of a set", "keys", [.. new[] { 1, 10, 100, 1000 }.Select(keys => new GrowthRow(keys, Row(new(keys))))]),
    ]);

    private static Case[] Row(TokenMaterial token) =>
    [
        new("kid hit", token.Validate, true),
        new("the same token again", token.ValidateAgain, true),
        new("kid miss", token.RejectUnknownKid, false),
        Case.Peer("JsonWebTokens 8.16.0, hit", token.Peers.Validate),
        Case.Peer("JsonWebTokens 8.16.0, miss", token.Peers.RejectUnknownKid, expected: false),
        Case.Peer("JsonWebTokens 8.16.0, miss, by default", token.Peers.RejectUnknownKidByDefault, expected: false),
    ];
}
