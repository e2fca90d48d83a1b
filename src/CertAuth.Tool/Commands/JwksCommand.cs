using System.CommandLine;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tool.Authorities;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Tokens;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>Key sets: a new one, what is in one, the next key of a rotation.</summary>
internal static class JwksCommand
{
    private const string SetName = "jwks.json";

    internal static Command Create(ToolHost host) => new("jwks", "Key sets with which login tokens are verified, and the keys that sign.")
    {
        CreateNew(host),
        JwksShowCommand.Create(host),
        CreateRotate(host),
    };

    private static Command CreateNew(ToolHost host)
    {
        Option<string?> algorithm = Algorithms.CreateOption("ES256");
        Option<string> kid = CommonOptions.Required("--kid", "KID", "the kid of the key");
        Option<string?> name = CreateName();
        Option<string> folder = CaOptions.CreateFolder();
        Option<bool> force = CaOptions.CreateForce();
        return new Command("new", $"Makes a key and a key set of it: NAME-key.pem and {SetName}.") { algorithm, kid, name, folder, force }.Reports(
            host,
            parsed =>
            {
                TestTokenKey key = CreateKey(parsed.GetRequiredValue(kid), parsed.AlgorithmOf(algorithm));
                string keyName = NameOf(parsed.GetValue(name), key.KeyId);
                IfPresent ifPresent = parsed.GetValue(force) ? IfPresent.Replace : IfPresent.Refuse;
                using OutputFolder output = OutputFolder.Take(parsed.GetRequiredValue(folder), create: true);
                string set = Check(KeySetFile.Format([], key.ToJwk()));

                NewFile.ThrowIfPresent(ifPresent, KeyPath(output, keyName), output[SetName]);
                NewFile.Write(KeyPath(output, keyName), key.PrivateKeyPem, Readers.OwnerAlone, ifPresent);
                NewFile.Write(output[SetName], set, Readers.Everybody, ifPresent);
                return Describe(host.Style, key.KeyId, null, [output[SetName], KeyPath(output, keyName)]);
            },
            "certauth jwks new --kid login-1",
            "certauth jwks new --kid login-1 --alg RS256 --folder keys");
    }

    private static Command CreateRotate(ToolHost host)
    {
        Option<string?> kid = new("--kid") { Description = "the kid of a key to add", HelpName = "KID" };
        Option<string?> algorithm = Algorithms.CreateOption("ES256");
        Option<string?> name = CreateName();
        Option<string[]> drop = new("--drop")
        {
            Description = "the kid of a key to take out: one whose tokens have all expired",
            HelpName = "KID",
            DefaultValueFactory = _ => [],
        };
        Option<string> folder = CaOptions.CreateFolder();
        Option<bool> force = CaOptions.CreateForce();
        return new Command("rotate", $"Adds a new key to {SetName} and keeps the others, but for those of --drop. Their private keys are left alone.")
        {
            kid, algorithm, name, drop, folder, force,
        }.Reports(
            host,
            parsed =>
            {
                string[] dropped = parsed.GetRequiredValue(drop);
                TestTokenKey? key = parsed.GetValue(kid) is { } added ? CreateKey(added, parsed.AlgorithmOf(algorithm)) : null;
                if (key is null && dropped.Length == 0)
                    throw new MistakeException("Nothing to do: --kid adds a key, --drop takes one out.");

                string? keyName = key is null ? null : NameOf(parsed.GetValue(name), key.KeyId);
                IfPresent ifPresent = parsed.GetValue(force) ? IfPresent.Replace : IfPresent.Refuse;
                using OutputFolder output = OutputFolder.Take(parsed.GetRequiredValue(folder), create: false);
                string set = Check(NextSet(KeySetFile.Read(host.Input, output[SetName]), key, dropped));

                // A new key that is in no set yet does no harm; a set with a key that nobody has would.
                List<string> written = [output[SetName]];
                if (key is not null)
                {
                    written.Add(KeyPath(output, keyName!));
                    NewFile.Write(written[1], key.PrivateKeyPem, Readers.OwnerAlone, ifPresent);
                }

                NewFile.Write(output[SetName], set, Readers.Everybody, IfPresent.Replace);
                return Describe(host.Style, key?.KeyId, dropped, written);
            },
            "certauth jwks rotate --kid login-2",
            "certauth jwks rotate --drop login-1");
    }

    private static string NextSet(KeySetFile set, TestTokenKey? added, string[] dropped)
    {
        string?[] kids = [.. set.Keys.Select(key => KeySetFile.TextOf(key, "kid"))];
        if (dropped.FirstOrDefault(kid => !kids.Contains(kid)) is { } missing)
            throw new MistakeException($"--drop: no key has the kid {Shown.Safe(missing)}.");
        if (added is not null && kids.Contains(added.KeyId) && !dropped.Contains(added.KeyId))
            throw new MistakeException($"--kid: a key has the kid {Shown.Safe(added.KeyId)} already; choose another.");
        return KeySetFile.Format(set.Keys.Where((_, i) => !dropped.Contains(kids[i])), added is null ? [] : [added.ToJwk()]);
    }

    private static Report Describe(Style style, string? added, string[]? dropped, IReadOnlyList<string> written)
    {
        Report report = new(new()
        {
            ["added"] = added,
            ["dropped"] = new JsonArray([.. (dropped ?? []).Select(kid => JsonValue.Create(kid))]),
            ["files"] = new JsonArray([.. written.Select(file => JsonValue.Create(file))]),
        });
        report.AddRows(
            style,
            [
                .. added is null ? [] : new[] { ("added", Shown.Safe(added)) },
                .. (dropped ?? []).Select(kid => ("dropped", Shown.Safe(kid))),
                .. written.Select((file, i) => (i == 0 ? "written" : "", Shown.Safe(file))),
            ]);
        return report;
    }

    private static Option<string?> CreateName() =>
        new("--name") { Description = "how the name of the key's file begins; the kid where it is left out", HelpName = "NAME" };

    private static string NameOf(string? name, string keyId) => CaFolder.CheckName(name is null ? "--kid (or --name, if given)" : "--name", name ?? keyId);

    private static TestTokenKey CreateKey(string keyId, SignatureAlgorithm? algorithm) => keyId.Length > 0
        ? TestTokenKey.Create(keyId, algorithm ?? SignatureAlgorithm.ES256)
        : throw new MistakeException("--kid: a key needs one, by which tokens find it.");

    private static string KeyPath(OutputFolder folder, string name) => folder[$"{name}-key.pem"];

    private static string Check(string set) =>
        KeySetFile.IsUsable(set, out string? problem) ? set : throw new MistakeException($"The set would be refused. {problem}");
}
