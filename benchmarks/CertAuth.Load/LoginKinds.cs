using System.Text;
using CertAuth.Benchmarks;

namespace CertAuth.Load;

/// <summary>All kinds of decisions, the floor first.</summary>
internal static class LoginKinds
{
    private const string Floor = "bare", Peer = "JsonWebTokens";

    internal static string[] Names { get; } =
        [Floor, "certificate", "certificate-seen", "token", "token-again", "cert-info", "refused", "unknown-key", "mixed", Peer];

    /// <summary>The kinds of these names, or all, and in any case the floor.</summary>
    internal static IReadOnlyList<LoginKind> Create(IReadOnlyList<string> names, LoginMaterial material, LoginServer server, RsaVerification bare)
    {
        Client[] ring = material.Clients;
        Client one = ring[0];
        LoginKind[] accepted =
        [
            new("certificate", i => Log(ring, i, client => server.LogInByCertificate(client.ByCertificate, client.Leaf, RejectionReason.None))),
            new("certificate-seen", _ => server.LogInByCertificate(one.ByCertificate, one.Leaf, RejectionReason.None)),
            new("token", i => Log(ring, i, client => server.LogInByToken(client.ByToken, client.Token, RejectionReason.None))),
            new("token-again", _ => server.LogInByToken(one.ByToken, one.Token, RejectionReason.None)),
            new("cert-info", i => Log(ring, i, client => server.LogInThroughProxy(client.ByCertificate, client.Forwarded, RejectionReason.None))),
            InTurns("refused", Rejections(material, server)),
        ];
        LoginKind[] all =
        [
            new(Floor, _ => Check(bare.Verify()), isOurs: false),
            .. accepted,
            InTurns("unknown-key", UnknownKeys(material, server), mayWait: true),
            InTurns("mixed", [.. accepted.Select(kind => (Action<int>)(_ => kind.Decide()))]),
            CreatePeer(material),
        ];
        return [.. all.Where(kind => names.Count == 0 || kind.Name == Floor || names.Contains(kind.Name))];
    }

    // Refusing should cost no more than accepting.
    private static Action<int>[] Rejections(LoginMaterial material, LoginServer server)
    {
        Client one = material.Clients[0], other = material.Clients[1];
        byte[] forgedToken = material.ForgedToken;
        byte[][] forgedLeaves = material.CreateForgedLeaves(material.Clients.Length / 2);
        return
        [
            _ => server.LogInByToken(one.ByToken, forgedToken, RejectionReason.TokenBadSignature),
            _ => server.LogInByToken(one.ByToken, other.Token, RejectionReason.TokenSubjectMismatch),
            i => server.LogInByCertificate(one.ByCertificate, forgedLeaves[i % forgedLeaves.Length], RejectionReason.CertificateMissing),
            _ => server.LogInByCertificate(one.ByCertificate, other.Leaf, RejectionReason.SubjectMismatch),
            _ => server.LogInThroughProxy(one.ByCertificate, other.Forwarded, RejectionReason.ForwardedInfoUserMismatch),
            _ => server.LogInByCertificate(Account.Unknown("nobody"), one.Leaf, RejectionReason.AccountUnknown),
        ];
    }

    private static Action<int>[] UnknownKeys(LoginMaterial material, LoginServer server)
    {
        Client one = material.Clients[0];
        byte[] token = material.StrangersToken;
        var forwarded = material.StrangersForward;
        return
        [
            _ => server.LogInByToken(one.ByToken, token, RejectionReason.TokenKeyUnknown),
            _ => server.LogInThroughProxy(one.ByCertificate, forwarded, RejectionReason.ForwardedInfoBadSignature),
        ];
    }

    private static LoginKind CreatePeer(LoginMaterial material)
    {
        JsonWebTokensPeer peer = new(material.TokenKey, LoginMaterial.Issuer);
        string[] tokens = [.. material.Clients.Select(client => Encoding.ASCII.GetString(client.Token))];
        string[] users = [.. material.Clients.Select(client => client.ByToken.UserName)];
        return new(Peer, i => Check(peer.Validate(tokens[i % tokens.Length], users[i % users.Length])), isOurs: false);
    }

    private static LoginKind InTurns(string name, Action<int>[] decisions, bool mayWait = false) =>
        new(name, i => decisions[i % decisions.Length](i / decisions.Length), mayWait: mayWait);

    private static void Log(Client[] ring, int i, Action<Client> logIn) => logIn(ring[i % ring.Length]);

    private static void Check(bool isAccepted)
    {
        if (!isAccepted)
            throw new InvalidOperationException("Refused, though it must be accepted.");
    }
}
