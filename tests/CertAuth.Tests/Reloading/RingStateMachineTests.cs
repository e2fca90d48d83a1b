using System.Globalization;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Tests.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Reloading;

/// <summary>The rotation of signing certificates: random histories of a file, the wall clock and the monotonic clock, compared with the
/// model.</summary>
/// <remarks><c>CERTAUTH_RING_RUNS</c> sets the number of histories.</remarks>
public sealed class RingStateMachineTests
{
    private const int Steps = 200;
    private const int DefaultRuns = 250;
    private const string Variable = "CERTAUTH_RING_RUNS";

    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, TestCertificate> s_certificates = MakeCertificates();
    private static readonly byte[] s_message = "the facts of a client"u8.ToArray();
    private static readonly Dictionary<string, byte[]> s_signatures = s_certificates.ToDictionary(c => c.Key, c => Sign(c.Value));

    private static readonly TimeSpan[] s_times =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(31), TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(7), TimeSpan.FromSeconds(899), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(901),
    ];

    private static int Runs => int.TryParse(
        Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int runs) ? runs : DefaultRuns;

    [Fact]
    public void Ring_MatchesTheModel() =>
        Prop.ForAll(GenHistory().ToArbitrary(), (Action<string[]>)Run).Check(Generators.Times(Runs));

    private static Gen<string[]> GenHistory()
    {
        string[] good = [.. s_certificates.Keys];
        Gen<string> step = Gen.Frequency(
            (4, Gen.Elements([.. good, .. good.Select(id => id + "'"), "garbage", "none"]).Select(file => $"write {file}")),
            (6, Gen.Constant("reload")),
            (2, Gen.Constant("refresh")),
            (5, Gen.Choose(0, s_times.Length - 1).Select(i => $"advance {i}")),
            (1, Gen.Choose(-40, 40).Select(minutes => $"wall {minutes}")),
            (1, Gen.Frequency((9, Gen.Constant("reload")), (1, Gen.Elements(good).Select(id => $"revoke {id}")))));
        return step.ArrayOf(Steps);
    }

    private static void Run(string[] history)
    {
        FixedClock clock = new(s_start);
        MemoryOrigin origin = new() { Content = ContentOf("a") };
        RingModel model = new(
            "a",
            (id, wall) => s_certificates.TryGetValue(id, out TestCertificate? c) && IsValid(c, wall),
            id => Facts(s_certificates[id]).NotAfter);
        using Reloadable<SigningCertificateRing> ring = Reloadable<SigningCertificateRing>.OpenAsync(
            origin, new SigningCertificateRingReader(clock), new() { TimeProvider = clock, PollInterval = TimeSpan.FromDays(7) },
            new(TimeSpan.FromDays(7), TimeSpan.FromSeconds(5)), CancellationToken.None).GetAwaiter().GetResult();
        string? file = "a";
        for (int i = 0; i < history.Length; i++)
        {
            string[] words = history[i].Split(' ');
            TimeSpan time = clock.GetElapsedTime(0);
            switch (words[0])
            {
                case "write":
                    file = words[1] == "none" ? null : words[1];
                    origin.Content = file is null ? null : ContentOf(file);
                    break;
                case "reload":
                    string outcome = ring.ReloadAsync().GetAwaiter().GetResult().Outcome.ToString();
                    string expected = model.Reload(file, clock.GetUtcNow(), time);
                    outcome.Should().Be(expected, $"step {i}: {outcome}, not {expected}");
                    break;
                case "refresh":
                    ring.RefreshAsync(ring.Current).AsTask().GetAwaiter().GetResult();
                    model.Refresh(file, clock.GetUtcNow(), time);
                    break;
                case "advance":
                    clock.Advance(s_times[int.Parse(words[1], CultureInfo.InvariantCulture)]);
                    break;
                case "wall":
                    clock.Now = clock.GetUtcNow().AddMinutes(int.Parse(words[1], CultureInfo.InvariantCulture));
                    break;
                case "revoke":
                    ring.Revoke(Facts(s_certificates[words[1]]).Sha256.Span);
                    model.Revoke(words[1]);
                    break;
            }

            Compare(model.Accepted(clock.GetUtcNow(), clock.GetElapsedTime(0)), ring.Current.Accepted, i);
        }

        CompareSignatures([.. model.Accepted(clock.GetUtcNow(), clock.GetElapsedTime(0))], ring.Current);
    }

    private static void Compare(IEnumerable<string> expected, IEnumerable<SigningCertificate> actual, int step)
    {
        string names = string.Join(
            ' ', actual.Select(a => s_certificates.Single(c => c.Value.Der.Span.SequenceEqual(a.Certificate.Der.Span)).Key));
        string.Join(' ', expected).Should().Be(names, $"step {step}: {names}, not {string.Join(' ', expected)}");
    }

    private static void CompareSignatures(string[] accepted, SigningCertificateRing ring)
    {
        foreach ((string id, byte[] signature) in s_signatures)
            (ring.FindSigner(s_message, signature) is not null).Should().Be(accepted.Contains(id));
    }

    private static byte[] Sign(TestCertificate certificate)
    {
        Assert.True(SigningKeyPair.TryParseAt(
            Encoding.ASCII.GetBytes(certificate.Pem),
            Encoding.ASCII.GetBytes(certificate.PrivateKeyPem),
            Facts(certificate).NotBefore,
            out SigningKeyPair? pair,
            out _));
        byte[] signature = new byte[1024];
        return signature[..pair.Sign(s_message, signature)];
    }

    // The quote mark stands for another encoding of the same certificate, which the ring treats as the same.
    private static byte[] ContentOf(string file) => s_certificates.TryGetValue(file.TrimEnd('\''), out TestCertificate? certificate)
        ? Encoding.ASCII.GetBytes((file.EndsWith('\'') ? "written again\n" : "") + certificate.Pem)
        : Encoding.ASCII.GetBytes(file);

    private static bool IsValid(TestCertificate certificate, DateTimeOffset wall) =>
        wall >= Facts(certificate).NotBefore && wall < Facts(certificate).NotAfter.AddSeconds(1);

    private static ParsedCertificate Facts(TestCertificate certificate)
    {
        Assert.True(ParsedCertificate.TryParse(certificate.Der.Span, out ParsedCertificate? facts, out _));
        return facts;
    }

    private static Dictionary<string, TestCertificate> MakeCertificates()
    {
        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        TestCertificate Make(TimeSpan from, TimeSpan until) => ca.Issue(new()
        {
            Subject = TestName.Of(("CN", "signer")),
            NotBefore = s_start + from,
            NotAfter = s_start + until,
        });
        TimeSpan longTime = TimeSpan.FromDays(300);
        return new()
        {
            ["a"] = Make(-longTime, longTime),
            ["b"] = Make(-longTime, longTime),
            ["c"] = Make(-longTime, longTime),
            ["d"] = Make(-longTime, longTime),
            ["e"] = Make(-longTime, longTime),
            ["f"] = Make(-longTime, longTime),
            ["short"] = Make(-longTime, TimeSpan.FromMinutes(90)),
            ["late"] = Make(TimeSpan.FromMinutes(60), longTime),
        };
    }
}
