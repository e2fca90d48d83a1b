using System.Globalization;
using System.Text;
using CertAuth.AuthTokens;

namespace CertAuth.Tests.AuthTokens;

/// <summary>A row of claims.tsv. The comments in the file explain the columns.</summary>
internal sealed record ClaimRow(string Id, string Expected, string Header, string Payload, string Account, string Options)
{
    internal const string DefaultHeader = """{"alg":"RS256","kid":"k","typ":"JWT"}""";

    private static readonly (string Name, string Value)[] s_claims =
        [("sub", "\"alice\""), ("email", "\"alice@x.test\""), ("iat", "{now}"), ("exp", "{now+900}")];

    /// <summary>The current time of all rows, in whole seconds.</summary>
    internal static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    internal static IReadOnlyDictionary<string, ClaimRow> All { get; } = TsvFile.ReadRows("CertAuth.Tests/AuthTokens/claims.tsv")
        .ToDictionary(f => f[0], f => new ClaimRow(f[0], f[1], f[2] == "*" ? DefaultHeader : f[2], f[3], f[4], f[5]));

    internal RejectionReason Reason => Expected == "accepted" ? RejectionReason.None : Enum.Parse<RejectionReason>(Expected);

    internal byte[] HeaderBytes => Fill(Header);

    internal byte[] PayloadBytes => Fill(Payload.StartsWith('.') || Payload == "*" ? Edit(Payload) : Payload);

    internal ExpectedClaims Claims()
    {
        string[] fields = (Account == "*" ? "alice|alice@x.test|" : Account).Split('|');
        return new(Text(fields[0]), Text(fields[1]), fields[2].Length == 0 ? null : Text(fields[2]));
    }

    internal AuthTokenOptions ToOptions(FixedClock clock)
    {
        AuthTokenOptions options = new() { TimeProvider = clock };
        foreach (string[] option in Options.Split(' ').Where(o => o != "*").Select(o => o.Split('=', 2)))
        {
            options = option[0] switch
            {
                "aud" => options with { Audiences = [.. option[1].Split(',')] },
                "skew" => options with { ClockSkew = Seconds(option[1]) },
                "age" => options with { MaxTokenAge = Seconds(option[1]) },
                "now" => options with { TimeProvider = new FixedClock(clock.Now + Seconds(option[1])) },
                _ => throw new FormatException(option[0]),
            };
        }

        return options;
    }

    private static TimeSpan Seconds(string text) =>
        TimeSpan.FromTicks((long)(decimal.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));

    private static string Text(string text) => Encoding.UTF8.GetString(Fill(text));

    // ".sub" removes a claim; ".sub=x" replaces or adds it.
    private static string Edit(string edits)
    {
        List<(string Name, string Value)> claims = [.. s_claims];
        foreach (string edit in edits == "*" ? [] : edits.Split(" ; "))
        {
            string[] parts = edit[1..].Split('=', 2);
            int at = claims.FindIndex(claim => claim.Name == parts[0]);
            if (at >= 0)
                claims.RemoveAt(at);
            if (parts.Length == 2)
                claims.Insert(at < 0 ? claims.Count : at, (parts[0], parts[1]));
        }

        return $"{{{string.Join(',', claims.Select(claim => $"\"{claim.Name}\":{claim.Value}"))}}}";
    }

    private static byte[] Fill(string text) => Placeholders.Fill(text, Now);
}
