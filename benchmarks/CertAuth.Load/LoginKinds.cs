namespace CertAuth.Load;

/// <summary>All kinds of login decisions, the baseline first.</summary>
internal static class LoginKinds
{
    private const string Baseline = "bare", Peer = "JsonWebTokens";

    internal static IReadOnlyList<string> Names { get; } =
        [Baseline, "certificate", "certificate-seen", "token", "token-again", "cert-info", "rejected", "unknown-key", "mixed", Peer];

    /// <summary>Creates the kinds of the options, always including the baseline.</summary>
    internal static IReadOnlyList<LoginKind> Create(LoadOptions options, LoginMaterial material, LoginServer server)
    {
        RsaVerification bare = new();
        Client[] ring = new Client[options.RingSize];
        Parallel.For(0, ring.Length, i => ring[i] = Client.Create($"user{i}", material));
        Client one = ring[0];
        LoginKind[] accepted =
        [
            new("certificate", i => server.LogInByCertificate(ring[i % ring.Length], ring[i % ring.Length].Leaf, RejectionReason.None)),
            new("certificate-seen", _ => server.LogInByCertificate(one, one.Leaf, RejectionReason.None)),
            new("token", i => server.LogInByToken(ring[i % ring.Length], ring[i % ring.Length].Token, RejectionReason.None)),
            new("token-again", _ => server.LogInByToken(one, one.Token, RejectionReason.None)),
            new("cert-info", i => server.LogInThroughProxy(ring[i % ring.Length], ring[i % ring.Length].Forwarded, RejectionReason.None)),
            CreateAlternating("rejected", CreateRejections(ring, material, server)),
        ];
        LoginKind[] all =
        [
            new(Baseline, _ => Check(bare.Verify()), hasGoals: false),
            .. accepted,
            CreateAlternating("unknown-key", CreateUnknownKeys(one, material, server), hasGoals: false),
            CreateAlternating("mixed", [.. accepted.Select(kind => (Action<int>)(_ => kind.Decide()))]),
            CreatePeer(ring, material),
        ];
        return [.. all.Where(kind => kind.Name == Baseline || options.Kinds.Contains(kind.Name))];
    }

    // A rejection should cost no more than an acceptance.
    private static Action<int>[] CreateRejections(Client[] ring, LoginMaterial material, LoginServer server)
    {
        Client one = ring[0], other = ring[1];
        Client unknown = one with { ByCertificate = Account.Unknown("unknown") };
        byte[] forgedToken = material.Mint(one.Name, TestTokenFault.BadSignature);

        // Leaves of a CA with the name of the trusted one and another key.
        TestCertificateAuthority forger = material.Ca.Rotate();
        byte[][] forgedLeaves = new byte[ring.Length / 2][];
        Parallel.For(0, forgedLeaves.Length, i => forgedLeaves[i] = material.IssueLeaf($"user{i}", forger));
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
    private static Action<int>[] CreateUnknownKeys(Client one, LoginMaterial material, LoginServer server)
    {
        byte[] token = material.Mint(one.Name, TestTokenFault.UnknownKey);
        var forwarded = material.Forward(one.Name, one.Leaf, isProxyKnown: false).ToAttributes();
        return
        [
            _ => server.LogInByToken(one, token, RejectionReason.TokenKeyUnknown),
            _ => server.LogInThroughProxy(one, forwarded, RejectionReason.ForwardedInfoBadSignature),
        ];
    }

    private static LoginKind CreatePeer(Client[] ring, LoginMaterial material)
    {
        JsonWebTokensPeer peer = new([JsonWebTokensPeer.ToKey(material.Minter.Key)], LoginMaterial.Issuer);
        string[] tokens = [.. ring.Select(client => Encoding.ASCII.GetString(client.Token))];
        string[] users = [.. ring.Select(client => client.Name)];
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

/// <summary>A kind of login decision. The delegate decides the attempt with a number, and throws if the verdict is not the expected one.
/// The kinds of CertAuth that do not wait for reloads have goals. Safe for concurrent use.</summary>
internal sealed class LoginKind(string name, Action<int> decide, bool hasGoals = true)
{
    private int _attempts;

    internal string Name => name;

    internal bool HasGoals => hasGoals;

    internal void Decide() => decide(Interlocked.Increment(ref _attempts) & int.MaxValue);
}

/// <summary>A client with its accounts for logins by certificate, direct or forwarded, and by token; its certificate in DER and its token
/// in ASCII; and the two attributes that a proxy sends for it.</summary>
internal sealed record Client(
    string Name, Account ByCertificate, Account ByToken, byte[] Leaf, byte[] Token, IReadOnlyList<ConnectionAttribute> Forwarded)
{
    internal static Client Create(string user, LoginMaterial material)
    {
        byte[] leaf = material.IssueLeaf(user);
        string clause = $"{LoginMaterial.Require(user)} AND CIPHER 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384'";
        return new(
            user,
            Account.WithCertificate(user, LoginRequirement.Parse(clause)),
            Account.WithToken(user, $"REQUIRE TOKEN_ISSUER '{LoginMaterial.Issuer}'", LoginMaterial.Email),
            leaf,
            material.Mint(user),
            material.Forward(user, leaf).ToAttributes());
    }
}
