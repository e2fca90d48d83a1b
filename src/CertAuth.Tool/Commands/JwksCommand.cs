using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using CertAuth.Signing;
using CertAuth.Testing;
using CertAuth.Tool.Authorities;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Tokens;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Commands;

/// <summary>The commands that create a JWK set, list its keys and rotate them.</summary>
internal static class JwksCommand
{
    private const string KeySetFileName = "jwks.json";

    internal static Command Create(ToolEnvironment environment) => new(
        "jwks", "Creates, lists and rotates the JWK sets that verify login tokens.")
    {
        CreateNew(environment),
        JwksShowCommand.Create(environment),
        CreateRotate(environment),
    };

    private static Command CreateNew(ToolEnvironment environment)
    {
        Option<string?> algorithm = Algorithms.CreateOption("ES256");
        Option<string> kid = CommonOptions.CreateRequiredOption("--kid", "KID", "The kid of the new key.");
        Option<string?> name = CreateNameOption();
        Option<string> folder = CaOptions.CreateFolderOption();
        Option<bool> force = CaOptions.CreateForceOption();
        return new Command("new", $"Creates a key and a JWK set with it: NAME-key.pem and {KeySetFileName}.")
        {
            algorithm, kid, name, folder, force,
        }.WithReport(
            environment,
            parsed =>
            {
                TestTokenKey key = CreateKey(parsed.GetRequiredValue(kid), parsed.GetAlgorithm(algorithm));
                string keyName = GetKeyName(parsed.GetValue(name), key.KeyId);
                OverwriteMode overwriteMode = parsed.GetValue(force) ? OverwriteMode.Replace : OverwriteMode.Fail;
                using OutputFolder output = OutputFolder.Open(parsed.GetRequiredValue(folder), create: true);
                string set = ValidateSet(KeySetFile.Format([], key.ToJwk()));

                AtomicFile.ThrowIfExists(overwriteMode, GetKeyPath(output, keyName), output[KeySetFileName]);
                AtomicFile.Write(GetKeyPath(output, keyName), key.PrivateKeyPem, FileVisibility.OwnerOnly, overwriteMode);
                AtomicFile.Write(output[KeySetFileName], set, FileVisibility.Everyone, overwriteMode);
                return Describe(environment.Style, key.KeyId, null, [output[KeySetFileName], GetKeyPath(output, keyName)]);
            },
            "certauth jwks new --kid login-1",
            "certauth jwks new --kid login-1 --alg RS256 --folder keys");
    }

    private static Command CreateRotate(ToolEnvironment environment)
    {
        Option<string?> kid = new("--kid") { Description = "The kid of a key to add.", HelpName = "KID" };
        Option<string?> algorithm = Algorithms.CreateOption("ES256");
        Option<string?> name = CreateNameOption();
        Option<string[]> drop = new("--drop")
        {
            Description = "The kid of a key to remove. All tokens that it signed should have expired.",
            HelpName = "KID",
            DefaultValueFactory = _ => [],
        };
        Option<string> folder = CaOptions.CreateFolderOption();
        Option<bool> force = CaOptions.CreateForceOption();
        return new Command(
            "rotate", $"Adds a new key to {KeySetFileName}, or removes keys with --drop. Private key files are never removed.")
        {
            kid, algorithm, name, drop, folder, force,
        }.WithReport(
            environment,
            parsed =>
            {
                string[] dropped = parsed.GetRequiredValue(drop);
                TestTokenKey? key = parsed.GetValue(kid) is { } added ? CreateKey(added, parsed.GetAlgorithm(algorithm)) : null;
                if (key is null && dropped.Length == 0)
                    throw new UserErrorException("Nothing to do; use --kid to add a key or --drop to remove one.");

                string? keyName = key is null ? null : GetKeyName(parsed.GetValue(name), key.KeyId);
                OverwriteMode overwriteMode = parsed.GetValue(force) ? OverwriteMode.Replace : OverwriteMode.Fail;
                using OutputFolder output = OutputFolder.Open(parsed.GetRequiredValue(folder), create: false);
                string set = ValidateSet(CreateRotatedSet(KeySetFile.Read(environment.Input, output[KeySetFileName]), key, dropped));

                // The key file is written first: a key without a set is harmless, a set without the private key is not.
                List<string> written = [output[KeySetFileName]];
                if (key is not null)
                {
                    written.Add(GetKeyPath(output, keyName!));
                    AtomicFile.Write(written[1], key.PrivateKeyPem, FileVisibility.OwnerOnly, overwriteMode);
                }

                AtomicFile.Write(output[KeySetFileName], set, FileVisibility.Everyone, OverwriteMode.Replace);
                return Describe(environment.Style, key?.KeyId, dropped, written);
            },
            "certauth jwks rotate --kid login-2",
            "certauth jwks rotate --drop login-1");
    }

    private static string CreateRotatedSet(KeySetFile set, TestTokenKey? added, string[] dropped)
    {
        string?[] kids = [.. set.Keys.Select(key => KeySetFile.GetString(key, "kid"))];
        if (dropped.FirstOrDefault(kid => !kids.Contains(kid)) is { } missing)
            throw new UserErrorException($"--drop: No key has the kid {TerminalText.Escape(missing)}.");
        if (added is not null && kids.Contains(added.KeyId) && !dropped.Contains(added.KeyId))
            throw new UserErrorException($"--kid: The JWK set already has the kid {TerminalText.Escape(added.KeyId)}; choose another.");
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
                .. added is null ? [] : new[] { ("added", TerminalText.Escape(added)) },
                .. (dropped ?? []).Select(kid => ("dropped", TerminalText.Escape(kid))),
                .. written.Select((file, i) => (i == 0 ? "written" : "", TerminalText.Escape(file))),
            ]);
        return report;
    }

    private static Option<string?> CreateNameOption() =>
        new("--name") { Description = "The beginning of the name of the key file. Default: the kid.", HelpName = "NAME" };

    private static string GetKeyName(string? name, string keyId) =>
        CaFolder.ValidateName(name is null ? "--kid (or --name)" : "--name", name ?? keyId);

    private static TestTokenKey CreateKey(string keyId, SignatureAlgorithm? algorithm) => keyId.Length > 0
        ? TestTokenKey.Create(keyId, algorithm ?? SignatureAlgorithm.ES256)
        : throw new UserErrorException("--kid: The kid is empty; tokens select their key by its kid.");

    private static string GetKeyPath(OutputFolder folder, string name) => folder[$"{name}-key.pem"];

    private static string ValidateSet(string set) =>
        TokenKeySet.TryParse(Encoding.UTF8.GetBytes(set), out _, out TokenKeySetError error)
            ? set
            : throw new UserErrorException($"The new JWK set would be rejected. {TerminalText.Escape(error.ToString())}");
}
