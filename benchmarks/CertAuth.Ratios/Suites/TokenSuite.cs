namespace CertAuth.Ratios.Suites;

/// <summary>The cost of validating a login token.</summary>
internal static class TokenSuite
{
    internal const string Peer = "JsonWebTokens 8.16.0";

    private const double Whole = 1.07, Again = 0.06, BeforeSignature = 0.02;
    private const string Miss = $"{Peer}, miss", MissByDefault = $"{Peer}, miss, by default";

    internal static Suite Create(Case unit)
    {
        // With more keys, only the cases whose cost could depend on their number.
        IEnumerable<Case> cases =
        [
            .. Create(1, "1 key").Where(c => c.Growth is not (Miss or MissByDefault)),
            .. Create(1000, "1,000 keys").Where(c => c.Growth is "kid hit" or "kid miss"),
            .. Create(100, "100 keys").Where(c => c.Growth is Miss or MissByDefault),
        ];
        return new(
            [new("JWT, RS256, all claims", [unit, .. cases])],
            Table.Growing("keys of a set", "keys", unit, [1, 10, 100, 1000], keys => Create(keys, "")));
    }

    private static Case[] Create(int count, string keys)
    {
        Cases<TokenMaterial> token = new(() => new(count));
        return
        [
            token.Of($"JWT, {keys}", m => m.Validate(m.Token), true, new(Whole, Bytes: 0), "kid hit"),
            token.Of("the same token again", m => m.ValidateAgain(), true, Again, "the same token again"),
            token.Of("JWT rejected: another user's", m => m.ValidateForOther(m.Token), false, Whole, "another user's"),
            token.Of($"JWT rejected: unknown kid, {keys}", m => m.Validate(m.UnknownKid), false, BeforeSignature, "kid miss"),
            token.Of("JWT rejected: alg none", m => m.Validate(m.None), false, BeforeSignature, "alg none"),
            token.Peer($"{Peer}, {keys}", m => m.ValidateByPeer(), true, $"{Peer}, hit"),
            token.Peer($"{Peer}, unknown kid, {keys}", m => m.ValidateUnknownKid(m.PeerOfOthers), false, Miss),
            token.Peer(
                $"{Peer}, unknown kid, {keys}, by default", m => m.ValidateUnknownKid(m.PeerOfOthersByDefault), false, MissByDefault),
        ];
    }
}
