using System.Text;
using CertAuth.Reloading;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Signing;

/// <summary>Why a key set is rejected, as an operator reads it: sentences, and warnings only if there are any.</summary>
public sealed class KeySetMessageTests
{
    private const string Malformed =
        "The key set is not strict JSON with a \"keys\" array (RFC 7517, 5), or one key, at most 32 levels deep.";

    private const string Symmetric = """{"kty":"oct","kid":"s","k":"AQAB"}""";

    private static readonly string s_good = TestTokenKey.Create("g", SignatureAlgorithm.ES256).ToJwk().ToJsonString();

    public static TheoryData<string, string> Sets => new()
    {
        { "", Malformed },
        { "{\"keys\":[", Malformed },
        { "{\"keys\":[]}", "The key set has no usable key." },
        { $"{{\"keys\":[{Symmetric}]}}", "The key set has no usable key. Unusable keys: key 0, kid s: Symmetric." },
        {
            $"{{\"keys\":[{string.Join(',', Enumerable.Repeat(Symmetric, 7))}]}}",
            "The key set has no usable key. Unusable keys: key 0, kid s: Symmetric; key 1, kid s: Symmetric; key 2, kid s: Symmetric; "
            + "key 3, kid s: Symmetric; key 4, kid s: Symmetric; and 2 more."
        },
        { $"{{\"keys\":[{s_good},{s_good}]}}", "Two usable keys of the key set have the same kid." },
        { new string(' ', TokenKeySet.MaxBytes + 1), "The key set is over a limit (1 MiB, 10,000 keys)." },
    };

    [Theory, MemberData(nameof(Sets), DisableDiscoveryEnumeration = true)]
    public void Parse_SaysWhyASetIsRejected(string json, string expected)
    {
        Action parse = () => TokenKeySet.Parse(Encoding.UTF8.GetBytes(json));

        parse.Should().Throw<FormatException>().WithMessage(expected);
    }

    [Fact]
    public async Task OpenKeySetAsync_SaysTheSame()
    {
        using TempFolder folder = new();
        string path = folder.Write("jwks.json", "{");

        ReloadOptions options = new() { SettleDelay = TimeSpan.Zero };

        Func<Task> open = () => Reloadable.OpenKeySetAsync(path, options, TestContext.Current.CancellationToken);

        (await open.Should().ThrowAsync<InvalidDataException>()).WithMessage($"key-set: {Malformed}");
    }
}
