using System.Text;
using CertAuth.Certificates;
using CertAuth.Reloading;
using CertAuth.Testing;
using CertAuth.Trust;

namespace CertAuth.Soak.Exercises;

/// <summary>A bundle of a permanent CA and the CAs of the last generations, with which clients of these CAs are verified.</summary>
internal sealed class BundleExercise : Exercise
{
    private const string File = "ca.pem";
    private const int InterruptionsPerBoundary = 4;
    private const int LoginsPerUntrustedLogin = 16;

    private static readonly byte[] s_end = Encoding.ASCII.GetBytes("-----END CERTIFICATE-----\n");

    private readonly KeyPool _keys = new();
    private readonly TestKey _clientKey = TestKey.Create();
    private readonly TestCertificateAuthority _permanent = TestCertificateAuthority.Create(TestName.Of(("CN", "permanent")));
    private readonly TestCertificate _permanentClient;
    private readonly TestCertificate _untrustedClient;
    private readonly Recent<TestCertificateAuthority> _authorities = new();
    private readonly Recent<TestCertificate> _clients = new();
    private Reloadable<TrustBundle>? _bundle;

    internal BundleExercise()
    {
        _permanentClient = IssueClient(_permanent);
        _untrustedClient = IssueClient(TestCertificateAuthority.Create(TestName.Of(("CN", "permanent"))));
    }

    internal override string Name => "bundle";

    internal override int InUse => GetGeneration(_bundle!.Current);

    internal override IReadOnlyList<FileContent> CreateFiles(int generation)
    {
        TestCertificateAuthority authority = TestCertificateAuthority.Create(
            TestName.Of(("CN", GetName(generation))), new() { Key = _keys[generation] });
        _authorities.Set(generation, authority);
        _clients.Set(generation, IssueClient(authority));

        StringBuilder pem = new(_permanent.Pem);
        for (int i = Math.Max(0, generation - Overlap + 1); i <= generation; i++)
            pem.Append(_authorities[i].Pem);
        return [new(File, Encoding.ASCII.GetBytes(pem.ToString()))];
    }

    internal override async Task OpenAsync(string folder, ReloadOptions options) =>
        _bundle = await TrustBundle.OpenAsync(Path.Combine(folder, File), options: options);

    internal override async Task<ReloadResult[]> ReloadAsync() => [await _bundle!.ReloadAsync()];

    internal override LoginVerdict LogIn(LoginContext context)
    {
        TrustBundle bundle = _bundle!.Current;
        if (GetGeneration(bundle) < context.Seen)
            return LoginVerdict.Failed($"Generation {GetGeneration(bundle)} is in use after {context.Seen} was seen.");
        foreach (TestCertificate client in (ReadOnlySpan<TestCertificate>)[_permanentClient, _clients[context.Seen]])
        {
            if (!bundle.TryVerify(client.Der.Span, [], out _, out Rejection? rejection))
                return LoginVerdict.Failed(rejection.ToString());
        }

        bool isAccepted = context.Count % LoginsPerUntrustedLogin == 0
            && bundle.TryVerify(_untrustedClient.Der.Span, [], out VerifiedCertificate? _, out _);
        return isAccepted ? LoginVerdict.Failed("A client of an unknown CA was accepted.") : LoginVerdict.Accepted;
    }

    internal override bool IsUsable(ReadOnlySpan<byte> start) => TrustBundle.TryParse(start, null, out _, out _);

    // A file that ends between two blocks is a valid bundle of fewer CAs.
    internal override int FindInterruption(ReadOnlySpan<byte> content, Random random)
    {
        int position = base.FindInterruption(content, random);
        int end = random.Next(InterruptionsPerBoundary) == 0 ? content[position..].IndexOf(s_end) : -1;
        return end >= 0 && position + end + s_end.Length < content.Length ? position + end + s_end.Length : position;
    }

    protected override void Dispose(bool isDisposing) => _bundle?.Dispose();

    private TestCertificate IssueClient(TestCertificateAuthority authority) =>
        authority.Issue(new() { Subject = TestName.Of(("CN", "alice")), Key = _clientKey });

    private static int GetGeneration(TrustBundle bundle) => GetGeneration(bundle.Anchors[^1].Certificate);
}
