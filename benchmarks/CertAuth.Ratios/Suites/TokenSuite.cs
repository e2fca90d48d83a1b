namespace CertAuth.Ratios.Suites;

/// <summary>The cost of validating a login token.</summary>
internal static class TokenSuite
{
    private const double Whole = 1.07;
    private const double Again = 0.06;
    private const double BeforeSignature = 0.02;
    private const string Peer = "JsonWebTokens 8.16.0";

    internal static Suite Create(Case unit)
    {
        Lazy<TokenMaterial> one = new(() => new(1)), hundred = new(() => new(100)), thousand = new(() => new(1000));
        return new(
            [
                new("JWT, RS256, all claims",
                [
                    unit,
                    new("JWT, 1 key", () => one.Value.Validate, true, new(Whole, Bytes: 0)),
                    new("JWT, 1,000 keys", () => thousand.Value.Validate, true, new(Whole, Bytes: 0)),
                    new("the same token again", () => one.Value.ValidateAgain, true, Again),
                    new("JWT rejected: another user's", () => one.Value.RejectOtherUser, false, Whole),
                    new("JWT rejected: unknown kid, 1 key", () => one.Value.RejectUnknownKid, false, BeforeSignature),
                    new("JWT rejected: unknown kid, 1,000 keys", () => thousand.Value.RejectUnknownKid, false, BeforeSignature),
                    new("JWT rejected: alg none", () => one.Value.RejectNone, false, BeforeSignature),
                    Case.Peer($"{Peer}, 1 key", () => one.Value.Peers.Validate),
                    Case.Peer($"{Peer}, unknown kid, 100 keys", () => hundred.Value.Peers.RejectUnknownKid, expected: false),
                    Case.Peer(
                        $"{Peer}, unknown kid, 100 keys, by default", () => hundred.Value.Peers.RejectUnknownKidByDefault, expected: false),
                ]),
            ],
            Table.Growing("keys of a set", "keys", unit, [1, 10, 100, 1000], keys => Grow(new(() => new(keys)))));
    }

    private static Case[] Grow(Lazy<TokenMaterial> token) =>
    [
        new("kid hit", () => token.Value.Validate),
        new("the same token again", () => token.Value.ValidateAgain),
        new("another user's", () => token.Value.RejectOtherUser, false),
        new("kid miss", () => token.Value.RejectUnknownKid, false),
        new("alg none", () => token.Value.RejectNone, false),
        Case.Peer($"{Peer}, hit", () => token.Value.Peers.Validate),
        Case.Peer($"{Peer}, miss", () => token.Value.Peers.RejectUnknownKid, expected: false),
        Case.Peer($"{Peer}, miss, by default", () => token.Value.Peers.RejectUnknownKidByDefault, expected: false),
    ];
}
