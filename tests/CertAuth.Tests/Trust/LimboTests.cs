using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CertAuth.Tests.Support;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>x509-limbo's cases, re-issued for clients. Issuers with name constraints are refused until those are evaluated.</summary>
public sealed class LimboTests
{
    private const string File = "limbo-client.json";

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void TryVerify_AcceptsNothingThatLimboRefuses()
    {
        IReadOnlyList<LimboCase> cases = Load(c => c.Cls is "core" or "seed-conflict");

        string[] accepted = [.. cases.Where(c => c.Expected == "FAILURE" && Verify(c) is null).Select(c => c.Id)];

        Assert.NotEmpty(cases);
        Assert.Empty(accepted);
    }

    [Fact]
    public void TryVerify_AgreesWithLimboWhereNamesAreNotConstrained()
    {
        IReadOnlyList<LimboCase> cases = Load(c => c.Cls is "core" or "seed-conflict");

        (LimboCase Case, Refusal? Refusal)[] refused =
            [.. cases.Where(c => c.Expected == "SUCCESS").Select(c => (c, Verify(c))).Where(r => r.Item2 is not null)];
        (LimboCase Case, Refusal? Refusal)[] unexpected = [.. refused.Where(r => !IsRefusedForNameConstraints(r.Refusal))];

        TestContext.Current.TestOutputHelper!.WriteLine($"{cases.Count} cases, {cases.Count - refused.Length} agree");
        Assert.Empty(unexpected.Select(r => $"{r.Case.Id}: {r.Refusal}"));
        Assert.Equal(NameConstraintSuccesses, refused.Length);
    }

    /// <summary>Cases to be accepted once name constraints are evaluated.</summary>
    private const int NameConstraintSuccesses = 17;

    private static bool IsRefusedForNameConstraints(Refusal? refusal) =>
        refusal is { Reason: FailureReason.UnknownCriticalExtension, Presented: { } text }
        && text.StartsWith("name constraints", StringComparison.Ordinal);

    private static Refusal? Verify(LimboCase limbo)
    {
        TrustBundle bundle = TrustBundle.Load(Encoding.ASCII.GetBytes(string.Concat(limbo.TrustedCerts)), new()
        {
            TimeProvider = limbo.ValidationTime is { } time ? new FixedClock(time) : TimeProvider.System,
        });
        ReadOnlyMemory<byte>[] sent = [.. limbo.UntrustedIntermediates.Select(pem => (ReadOnlyMemory<byte>)Der(pem))];
        bundle.TryVerify(Der(limbo.PeerCertificate), sent, out _, out Refusal? refusal);
        return refusal;
    }

    private static byte[] Der(string pem)
    {
        PemFields fields = PemEncoding.Find(pem);
        return Convert.FromBase64String(pem[fields.Base64Data]);
    }

    private static IReadOnlyList<LimboCase> Load(Func<LimboCase, bool> wanted)
    {
        using FileStream file = System.IO.File.OpenRead(SharedFiles.RequireVectors(File));
        return [.. JsonSerializer.Deserialize<LimboFile>(file, s_options)!.Testcases.Where(wanted)];
    }

    private sealed record LimboFile(IReadOnlyList<LimboCase> Testcases);

    private sealed record LimboCase(
        string Id,
        string Cls,
        string Expected,
        IReadOnlyList<string> TrustedCerts,
        IReadOnlyList<string> UntrustedIntermediates,
        string PeerCertificate,
        DateTimeOffset? ValidationTime);
}
