using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CertAuth.Reloading;
using CertAuth.Testing;
using CertAuth.Tls;

namespace CertAuth.Soak.Exercises;

/// <summary>A server's certificate and key. Each login signs with the key in use, and some run a complete handshake.</summary>
internal sealed class ServerCertificateExercise : Exercise
{
    private const string CertificateFile = "tls.crt";
    private const string KeyFile = "tls.key";
    private const int LoginsPerHandshake = 8;

    private readonly KeyPool _keys = new();
    private readonly TestCertificateAuthority _authority = TestCertificateAuthority.Create(TestName.Of(("CN", "servers")));
    private readonly Recent<TestCertificate> _certificates = new();
    private Reloadable<ServerCertificate>? _server;
    private ServerTls? _tls;

    internal override string Name => "certificate+key";

    internal override int InUse => GetGeneration(_server!.Current.Parsed!);

    internal override IReadOnlyList<FileContent> CreateFiles(int generation)
    {
        TestCertificate certificate = _authority.Issue(new()
        {
            Subject = TestName.Of(("CN", GetName(generation))),
            Sans = [TestSan.Dns(Handshake.Host)],
            ExtendedKeyUsages = [TestCertificateRequest.ServerAuth],
            Key = _keys[generation],
        });
        _certificates.Set(generation, certificate);
        return
        [
            new(CertificateFile, Encoding.ASCII.GetBytes(certificate.Pem)),
            new(KeyFile, Encoding.ASCII.GetBytes(certificate.PrivateKeyPem)),
        ];
    }

    internal override async Task OpenAsync(string folder, ReloadOptions options)
    {
        _server = await ServerCertificate.OpenAsync(Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile), options);
        _tls = new(new() { ServerCertificate = _server, ClientCertificate = ClientCertificatePolicy.None });
    }

    internal override async Task<ReloadResult[]> ReloadAsync() => [await _server!.ReloadAsync()];

    internal override LoginVerdict LogIn(LoginContext context)
    {
        ServerCertificate inUse = _server!.Current;
        LoginVerdict verdict = Check(inUse.Context.TargetCertificate.RawDataMemory.Span, context, out TestCertificate? known);
        if (known is null)
            return verdict;

        // A copy of the handle, because other threads use the original.
        using ECDsa key = inUse.Context.TargetCertificate.GetECDsaPrivateKey()!;
        using ECDsa expected = ECDsa.Create();
        expected.ImportSubjectPublicKeyInfo(known.Key.SubjectPublicKeyInfo.Span, out _);
        byte[] data = BitConverter.GetBytes(context.Count);
        if (!expected.VerifyData(data, key.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256))
            return LoginVerdict.Mixed("The key in use is not that of the certificate in use.");
        if (context.Count % LoginsPerHandshake != 0)
            return verdict;

        // A key of another generation fails the handshake itself.
        Handshake.RunAsync(_tls!, presented => (verdict = Check(presented, context, out _)).Outcome == LoginOutcome.Accepted)
                .GetAwaiter().GetResult();
        return verdict;
    }

    protected override void Dispose(bool isDisposing) => _server?.Dispose();

    private LoginVerdict Check(ReadOnlySpan<byte> der, LoginContext context, out TestCertificate? known)
    {
        known = null;
        if (!Certificates.ParsedCertificate.TryParse(der, out Certificates.ParsedCertificate? certificate, out _))
            return LoginVerdict.Mixed("The data is not a certificate.");
        int generation = GetGeneration(certificate);
        if (generation < context.Seen)
            return LoginVerdict.Failed($"Generation {generation} is in use after {context.Seen} was seen.");
        known = _certificates.Find(generation) is { } found && found.Der.Span.SequenceEqual(der) ? found : null;
        return known is not null
            ? LoginVerdict.Accepted
            : LoginVerdict.Mixed($"This certificate of generation {generation} was never issued.");
    }
}
