using System.Text;

namespace CertAuth.Load;

/// <summary>All kinds of login decisions, the baseline first.</summary>
internal static class LoginKinds
{
    private const string Baseline = "bare", Peer = "JsonWebTokens";

    internal static IReadOnlyList<string> Names { get; } =
        [Baseline, "certificate", "certificate-seen", "token", "token-again", "cert-info", "rejected", "unknown-key", "mixed", Peer];

    /// <summary>Creates the kinds with the given names, always including the baseline.</summary>
    internal static IReadOnlyList<LoginKind> Create(IReadOnlyList<string> names, LoginMaterial material, LoginServer server)
    {
        RsaVerification bare = new();
        Client[] ring = material.Clients;
        Client one = ring[0];
        LoginKind[] accepted =
        [
            new("certificate", i => server.LogInByCertificate(ring[i % ring.Length], ring[i % ring.Length].Leaf, RejectionReason.None)),
            new("certificate-seen", _ => server.LogInByCertificate(one, one.Leaf, RejectionReason.None)),
            new("token", i => server.LogInByToken(ring[i % ring.Length], ring[i % ring.Length].Token, RejectionReason.None)),
            new("token-again", _ => server.LogInByToken(one, one.Token, RejectionReason.None)),
            new("cert-info", i => server.LogInThroughProxy(ring[i % ring.Length], ring[i % ring.Length].Forwarded, RejectionReason.None)),
            CreateAlternating("rejected", CreateRejections(material, server)),
        ];
        LoginKind[] all =
        [
            new(Baseline, _ => Check(bare.Verify()), hasGoals: false),
            .. accepted,
            CreateAlternating("unknown-key", CreateUnknownKeys(material, server), hasGoals: false),
            CreateAlternating("mixed", [.. accepted.Select(kind => (Action<int>)(_ => kind.Decide()))]),
            CreatePeer(material),
        ];
        return [.. all.Where(kind => kind.Name == Baseline || names.Contains(kind.Name))];
    }

    // A rejection should cost no more than an acceptance.
    private static Action<int>[] CreateRejections(LoginMaterial material, LoginServer server)
    {
        Client one = material.Clients[0], other = material.Clients[1];
        Client unknown = one with { ByCertificate = Account.Unknown("unknown") };
        byte[] forgedToken = material.Mint(one.Name, TestTokenFault.BadSignature);
        byte[][] forgedLeaves = material.CreateForgedLeaves(material.Clients.Length / 2);
        return
        [
            _ => server.LogInByToken(one, forgedToken, RejectionReason.TokenBadSignature),
            _ => server.LogInByToken(one, other.Token, RejectionReason.TokenSubjectMismatch),
            i => server.LogInByCertificate(one, forgedLeaves[i % forgedLeaves.Length], RejectionReason.CertificateMissing),
            _ => server.LogInByCertificate(one, other.Leaf, RejectionReason.SubjectMismatch),
            _ => server.LogInThroughProxy(one, other.Forwarded, RejectionReason.ForwardedInfoUserMismatch),
            _ => server.LogInByCertificate(unknown, one.Leaf, RejectionReason.AccountUnknown),
        ];
    }

    // Only these may wait for a reload of keys.
    private static Action<int>[] CreateUnknownKeys(LoginMaterial material, LoginServer server)
    {
        Client one = material.Clients[0];
        byte[] token = material.Mint(one.Name, TestTokenFault.UnknownKey);
        var forwarded = material.ForwardByUnknownProxy(one);
        return
        [
            _ => server.LogInByToken(one, token, RejectionReason.TokenKeyUnknown),
            _ => server.LogInThroughProxy(one, forwarded, RejectionReason.ForwardedInfoBadSignature),
        ];
    }

    private static LoginKind CreatePeer(LoginMaterial material)
    {
        JsonWebTokensPeer peer = new([JsonWebTokensPeer.ToKey(material.TokenKey)], LoginMaterial.Issuer);
        string[] tokens = [.. material.Clients.Select(client => Encoding.ASCII.GetString(client.Token))];
        string[] users = [.. material.Clients.Select(client => client.Name)];
        return new(
            Peer, i => Check(peer.Validate(tokens[i % tokens.Length], users[i % users.Length], LoginMaterial.Email)), hasGoals: false);
    }

    private static LoginKind CreateAlternating(string name, Action<int>[] decisions, bool hasGoals = true) =>
        new(name, i => decisions[i % decisions.Length](i / decisions.Length), hasGoals);

    private static void Check(bool isAccepted)
    {
        if (!isAccepted)
            throw new InvalidOperationException("The login was rejected, but it must be accepted.");
    }
}

/// <summary>A kind of login decision. Safe for concurrent use.</summary>
/// <param name="name">The name of the kind.</param>
/// <param name="decide">A delegate that decides the attempt with a number, and throws if the verdict is not the expected one.</param>
/// <param name="hasGoals">true for a kind of CertAuth that does not wait for reloads; false for the baseline or a package for
/// comparison.</param>
internal sealed class LoginKind(string name, Action<int> decide, bool hasGoals = true)
{
    private int _attempts;

    internal string Name => name;

    internal bool HasGoals => hasGoals;

    internal void Decide() => decide(Interlocked.Increment(ref _attempts) & int.MaxValue);
}
