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
    private const int TearsPerBoundary = 4;
    private const int LoginsPerStranger = 16;

    private static readonly byte[] s_end = Encoding.ASCII.GetBytes("-----END CERTIFICATE-----\n");

    private readonly KeyPool _keys = new();
    private readonly TestKey _clientKey = TestKey.Create();
    private readonly TestCertificateAuthority _lasting = TestCertificateAuthority.Create(TestName.Of(("CN", "lasting")));
    private readonly TestCertificate _lastingClient;
    private readonly TestCertificate _stranger;
    private readonly Recent<TestCertificateAuthority> _authorities = new();
    private readonly Recent<TestCertificate> _clients = new();
    private Reloadable<TrustBundle>? _bundle;

    internal BundleExercise()
    {
        _lastingClient = IssueClient(_lasting);
        _stranger = IssueClient(TestCertificateAuthority.Create(TestName.Of(("CN", "lasting"))));
    }

    internal override string Name => "bundle";

    internal override int InUse => GenerationOf(_bundle!.Current);

    internal override IReadOnlyList<FileContent> Make(int generation)
    {
        TestCertificateAuthority authority = TestCertificateAuthority.Create(
            TestName.Of(("CN", NameOf(generation))), new() { Key = _keys[generation] });
        _authorities.Set(generation, authority);
        _clients.Set(generation, IssueClient(authority));

        StringBuilder pem = new(_lasting.Pem);
        for (int i = Math.Max(0, generation - Overlap + 1); i <= generation; i++)
            pem.Append(_authorities[i].Pem);
        return [new(File, Encoding.ASCII.GetBytes(pem.ToString()))];
    }

    internal override async Task OpenAsync(string folder, ReloadOptions options) =>
        _bundle = await TrustBundle.OpenAsync(Path.Combine(folder, File), options: options);

    internal override async Task<ReloadResult[]> ReloadAsync() => [await _bundle!.ReloadAsync()];

    internal override LoginVerdict LogIn(LoginMoment moment)
    {
        TrustBundle bundle = _bundle!.Current;
        if (GenerationOf(bundle) < moment.Seen)
            return LoginVerdict.Failed($"Generation {GenerationOf(bundle)} is in use after {moment.Seen} was seen.");
        foreach (TestCertificate client in (ReadOnlySpan<TestCertificate>)[_lastingClient, _clients[moment.Seen]])
        {
            if (!bundle.TryVerify(client.Der.Span, [], out _, out Rejection? rejection))
                return LoginVerdict.Failed(rejection.ToString());
        }

        bool letsIn = moment.Count % LoginsPerStranger == 0 && bundle.TryVerify(_stranger.Der.Span, [], out VerifiedCertificate? _, out _);
        return letsIn ? LoginVerdict.Failed("A client of an unknown CA was accepted.") : LoginVerdict.Accepted;
    }

    internal override bool IsUsable(ReadOnlySpan<byte> start) => TrustBundle.TryParse(start, null, out _, out _);

    // A file that ends between two blocks is a valid bundle of fewer CAs.
    internal override int FindTear(ReadOnlySpan<byte> content, Random random)
    {
        int tear = base.FindTear(content, random);
        int end = random.Next(TearsPerBoundary) == 0 ? content[tear..].IndexOf(s_end) : -1;
        return end >= 0 && tear + end + s_end.Length < content.Length ? tear + end + s_end.Length : tear;
    }

    protected override void Dispose(bool isDisposing) => _bundle?.Dispose();

    private TestCertificate IssueClient(TestCertificateAuthority authority) =>
        authority.Issue(new() { Subject = TestName.Of(("CN", "alice")), Key = _clientKey });

    private static int GenerationOf(TrustBundle bundle) => GenerationOf(bundle.Anchors[^1].Certificate);
}
