using System.Security.Cryptography;
using System.Text;
using CertAuth.Keys;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;

namespace CertAuth.Soak.Exercises;

/// <summary>A signing pair and the verifying ring, from the same files. The ring accepts signatures of the current pair, after an early
/// reload if the pair is newer.</summary>
internal sealed class SigningExercise : Exercise
{
    private const string CertificateFile = "signing.crt";
    private const string KeyFile = "signing.key";

    private readonly KeyPool _keys = new();
    private readonly TestCertificateAuthority _authority = TestCertificateAuthority.Create(TestName.Of(("CN", "signers")));
    private readonly Recent<TestCertificate> _certificates = new();
    private Reloadable<SigningKeyPair>? _pair;
    private Reloadable<SigningCertificateRing>? _ring;

    internal override string Name => "signing pair";

    internal override int InUse => Math.Min(GetGeneration(_pair!.Current.Certificate), GetGeneration(_ring!.Current.Newest.Certificate));

    internal override IReadOnlyList<FileContent> CreateFiles(int generation)
    {
        TestName subject = TestName.Of(("CN", GetName(generation)));
        TestCertificate certificate = _authority.Issue(new() { Subject = subject, Key = _keys[generation] });
        _certificates.Set(generation, certificate);
        return
        [
            new(CertificateFile, Encoding.ASCII.GetBytes(certificate.Pem)),
            new(KeyFile, Encoding.ASCII.GetBytes(certificate.PrivateKeyPem)),
        ];
    }

    internal override async Task OpenAsync(string folder, ReloadOptions options)
    {
        string certificate = Path.Combine(folder, CertificateFile);
        _pair = await SigningKeyPair.OpenAsync(certificate, Path.Combine(folder, KeyFile), options);
        _ring = await EagerReloads.OpenAsync(certificate, new SigningCertificateRingReader(options.TimeProvider), options);
    }

    internal override Task<ReloadResult[]> ReloadAsync() => Task.WhenAll(_pair!.ReloadAsync(), _ring!.ReloadAsync());

    internal override LoginVerdict LogIn(LoginContext context)
    {
        SigningKeyPair pair = _pair!.Current;
        int generation = GetGeneration(pair.Certificate);
        if (generation < context.Seen)
            return LoginVerdict.Failed($"Generation {generation} signs after {context.Seen} was seen.");
        if (_certificates.Find(generation) is not { } known || !known.Der.Span.SequenceEqual(pair.Certificate.Der.Span))
            return LoginVerdict.Mixed($"This certificate of generation {generation} was never issued.");

        byte[] data = BitConverter.GetBytes(context.Count);
        Span<byte> buffer = stackalloc byte[KeyBounds.MaxSignatureBytes];
        ReadOnlySpan<byte> signature = buffer[..pair.Sign(data, buffer)];
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(known.Key.SubjectPublicKeyInfo.Span, out _);
        if (!key.VerifyData(data, signature, HashAlgorithmName.SHA256))
            return LoginVerdict.Mixed($"The key is not that of generation {generation}.");

        if (FindSigner(data, signature) is not { } signer)
        {
            int newest = GetGeneration(_ring!.Current.Newest.Certificate);
            return LoginVerdict.Failed($"The ring with the newest generation {newest} does not contain generation {generation}.");
        }

        return signer.Certificate.Sha256.Span.SequenceEqual(pair.Certificate.Sha256.Span)
            ? LoginVerdict.Accepted
            : LoginVerdict.Mixed(
                $"Generation {generation} signed, but the ring identified {GetGeneration(signer.Certificate)} as the signer.");
    }

    protected override void Dispose(bool isDisposing)
    {
        _pair?.Dispose();
        _ring?.Dispose();
    }

    private SigningCertificate? FindSigner(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        SigningCertificateRing ring = _ring!.Current;
        return ring.FindSigner(data, signature) ?? _ring.RefreshAsync(ring).AsTask().GetAwaiter().GetResult().FindSigner(data, signature);
    }
}
