using System.Runtime;
using Microsoft.IdentityModel.Tokens;

namespace CertAuth.ColdStart;

/// <summary>The first login of this process in three timed steps.</summary>
/// <remarks>Each probe is a method that creates the authenticator and returns the decision. The JIT compiler compiles only the one that
/// runs, so that no types of the others are loaded.</remarks>
internal static class Probes
{
    internal const string UserName = "alice";

    private const string Subject = $"CN={UserName}, OU=Databases, O=Example, L=San Francisco, S=California, C=US";

    /// <summary>All probes: the baseline, those of CertAuth, and those for comparison.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["bare", "token", "cert-info", "certificate", "X509Chain", "JsonWebTokens"];

    /// <summary>The figures of a probe: the milliseconds of each step and of the last two, those of the JIT compiler within these two, and
    /// the number of methods that it compiled.</summary>
    internal static IReadOnlyList<string> Columns { get; } = ["OpenSSL", "prepare", "decide", "both", "JIT", "methods"];

    /// <summary>Runs a probe and prints its figures. Returns 0 if the login was accepted, and otherwise prints nothing and returns
    /// 1.</summary>
    internal static int Run(string name, string folder)
    {
        // The bytes of all material are read beforehand.
        Dictionary<string, byte[]> material = Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        Func<IReadOnlyDictionary<string, byte[]>, Func<bool>> prepare = name switch
        {
            "bare" => PrepareBare,
            "token" => PrepareToken,
            "cert-info" => PrepareCertInfo,
            "certificate" => PrepareCertificate,
            "X509Chain" => PrepareX509Chain,
            "JsonWebTokens" => PrepareJsonWebTokens,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such probe."),
        };

        // 1. Load OpenSSL, which a TLS handshake has already done in a server.
        long start = Stopwatch.GetTimestamp();
        SHA256.HashData([]);
        TimeSpan native = Stopwatch.GetElapsedTime(start);

        // 2. Create the authenticator from bytes.
        TimeSpan jit = JitInfo.GetCompilationTime(currentThread: true);
        long methods = JitInfo.GetCompiledMethodCount(currentThread: true);
        start = Stopwatch.GetTimestamp();
        Func<bool> decide = prepare(material);
        TimeSpan prepared = Stopwatch.GetElapsedTime(start);

        // 3. The first decision.
        start = Stopwatch.GetTimestamp();
        bool isAccepted = decide();
        TimeSpan decided = Stopwatch.GetElapsedTime(start);
        jit = JitInfo.GetCompilationTime(currentThread: true) - jit;
        methods = JitInfo.GetCompiledMethodCount(currentThread: true) - methods;
        if (!isAccepted)
            return 1;

        TimeSpan[] times = [native, prepared, decided, prepared + decided, jit];
        IEnumerable<double> figures = [.. times.Select(time => time.TotalMilliseconds), methods];
        Console.WriteLine(string.Join(' ', figures.Select(figure => figure.ToString(CultureInfo.InvariantCulture))));
        return 0;
    }

    // The baseline: the import of a key and one verification.
    private static Func<bool> PrepareBare(IReadOnlyDictionary<string, byte[]> material)
    {
        RSA key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(material["bare.spki"], out _);
        byte[] hash = material["bare.hash"], signature = material["bare.sig"];
        return () => key.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    // A login by token: reads a JWK set of one key and validates the token.
    private static Func<bool> PrepareToken(IReadOnlyDictionary<string, byte[]> material)
    {
        Account account = Account.WithToken(UserName, $"REQUIRE TOKEN_ISSUER '{LoginMaterial.Issuer}'", LoginMaterial.Email);
        LoginAuthenticator logins = new(
            new() { TokenAuthenticator = new TokenAuthenticator(Source.Fixed(TokenKeySet.Parse(material["jwks.json"]))) });
        byte[] token = material["token"];
        return () => Accepts(logins, new(account, Logins.Connect(null)) { Credential = token });
    }

    // A login by a forwarded certificate: reads the signer's certificate and evaluates the requirement with the client's facts.
    private static Func<bool> PrepareCertInfo(IReadOnlyDictionary<string, byte[]> material)
    {
        Account account = Account.WithCertificate(UserName, LoginRequirement.Parse(LoginMaterial.Require(UserName)));
        if (!SigningCertificate.TryParse(material["signer.pem"], null, out SigningCertificate? signer, out var error))
            throw new InvalidOperationException($"{error}");
        LoginAuthenticator logins = new(
            new() { CertInfoVerifier = new(new() { SharedKey = Source.Fixed(SigningCertificateRing.Create(signer)) }) });
        byte[] challenge = material["challenge"];
        (byte[] info, byte[] signature) = (material["info"], material["info.sig"]);
        return () => Accepts(logins, new(account, Logins.Connect(null))
        {
            IsFromProxy = true,
            Challenge = challenge,
            Attributes = new(
                new ConnectionAttribute(Encoding.ASCII.GetBytes(CertInfoToken.InfoAttributeName), info),
                new ConnectionAttribute(Encoding.ASCII.GetBytes(CertInfoToken.SignatureAttributeName), signature)),
        });
    }

    // A login by certificate: reads a bundle of one CA, verifies the client's chain, and evaluates the requirement.
    private static Func<bool> PrepareCertificate(IReadOnlyDictionary<string, byte[]> material)
    {
        Account account = Account.WithCertificate(UserName, LoginRequirement.Parse(LoginMaterial.Require(UserName)));
        TrustBundle bundle = TrustBundle.Parse(material["ca.pem"]);
        LoginAuthenticator logins = new(new());
        byte[] leaf = material["leaf.der"];
        return () => Accepts(logins, new(account, Logins.Connect(Logins.Verify(bundle, leaf))));
    }

    // For comparison: .NET's certificate and chain classes, and the subject as text. It checks no other part of the requirement.
    private static Func<bool> PrepareX509Chain(IReadOnlyDictionary<string, byte[]> material)
    {
        X509Certificate2Collection roots = [X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(material["ca.pem"]))];
        byte[] der = material["leaf.der"];
        return () =>
        {
            using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(der);
            return X509ChainPeer.Build(leaf, roots) && leaf.SubjectName.Name == Subject;
        };
    }

    // For comparison: Microsoft.IdentityModel.JsonWebTokens with the same JWK set and equivalent rules.
    private static Func<bool> PrepareJsonWebTokens(IReadOnlyDictionary<string, byte[]> material)
    {
        JsonWebKeySet keys = new(Encoding.UTF8.GetString(material["jwks.json"]));
        JsonWebTokensPeer peer = new(keys.GetSigningKeys(), LoginMaterial.Issuer);
        byte[] token = material["token"];
        return () => peer.Validate(Encoding.ASCII.GetString(token), UserName, LoginMaterial.Email);
    }

    private static bool Accepts(LoginAuthenticator logins, AuthenticationRequest request)
    {
        ValueTask<AuthenticationResult> login = logins.AuthenticateAsync(request);
        return login.IsCompletedSuccessfully && login.Result.Succeeded;
    }
}
