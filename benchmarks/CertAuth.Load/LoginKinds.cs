using System.Text;
using CertAuth.Benchmarks;

namespace CertAuth.Load;

/// <summary>All kinds of login decisions, the baseline first.</summary>
internal static class LoginKinds
{
    private const string Baseline = "bare", Peer = "JsonWebTokens";

    internal static string[] Names { get; } =
        [Baseline, "certificate", "certificate-seen", "token", "token-again", "cert-info", "rejected", "unknown-key", "mixed", Peer];

    /// <summary>Creates the kinds with the given names, or all for an empty list, always including the baseline.</summary>
    internal static IReadOnlyList<LoginKind> Create(
        IReadOnlyList<string> names, LoginMaterial material, LoginServer server, RsaVerification bare)
    {
        Client[] ring = material.Clients;
        Client one = ring[0];
        LoginKind[] accepted =
        [
            new("certificate", i => LogIn(
                ring, i, client => server.LogInByCertificate(client.ByCertificate, client.Leaf, RejectionReason.None))),
            new("certificate-seen", _ => server.LogInByCertificate(one.ByCertificate, one.Leaf, RejectionReason.None)),
            new("token", i => LogIn(ring, i, client => server.LogInByToken(client.ByToken, client.Token, RejectionReason.None))),
            new("token-again", _ => server.LogInByToken(one.ByToken, one.Token, RejectionReason.None)),
            new("cert-info", i => LogIn(
                ring, i, client => server.LogInThroughProxy(client.ByCertificate, client.Forwarded, RejectionReason.None))),
            CreateAlternating("rejected", CreateRejections(material, server)),
        ];
        LoginKind[] all =
        [
            new(Baseline, _ => Check(bare.Verify()), hasGoals: false),
            .. accepted,
            CreateAlternating("unknown-key", CreateUnknownKeys(material, server), mayWait: true),
            CreateAlternating("mixed", [.. accepted.Select(kind => (Action<int>)(_ => kind.Decide()))]),
            CreatePeer(material),
        ];
        return [.. all.Where(kind => names.Count == 0 || kind.Name == Baseline || names.Contains(kind.Name))];
    }

    // A rejection should cost no more than an acceptance.
    private static Action<int>[] CreateRejections(LoginMaterial material, LoginServer server)
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
            _ => server.LogInByCertificate(Account.Unknown("unknown"), one.Leaf, RejectionReason.AccountUnknown),
        ];
    }

    private static Action<int>[] CreateUnknownKeys(LoginMaterial material, LoginServer server)
    {
        Client one = material.Clients[0];
        byte[] token = material.UnknownIssuerToken;
        var forwarded = material.UnknownProxyAttributes;
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
        return new(Peer, i => Check(peer.Validate(tokens[i % tokens.Length], users[i % users.Length])), hasGoals: false);
    }

    private static LoginKind CreateAlternating(string name, Action<int>[] decisions, bool mayWait = false) =>
        new(name, i => decisions[i % decisions.Length](i / decisions.Length), mayWait: mayWait);

    private static void LogIn(Client[] ring, int i, Action<Client> logIn) => logIn(ring[i % ring.Length]);

    private static void Check(bool isAccepted)
    {
        if (!isAccepted)
            throw new InvalidOperationException("The login was rejected, but it must be accepted.");
    }
}
