using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CertAuth;
using CertAuth.Reloading;
using CertAuth.Requirements;

namespace MySqlLogin;

/// <summary>Reads the accounts from lines with a user, a tab and a REQUIRE clause, so that the file is reloaded like the certificates. A
/// file with an error is rejected as a whole, and the previous accounts stay in use.</summary>
internal sealed class AccountFileReader : IMaterialReader<FrozenDictionary<string, Account>>
{
    public string Kind => "accounts";

    public int MaxBytes => 4 * 1024 * 1024;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<FrozenDictionary<string, Account>>? material,
        [NotNullWhen(false)] out string? problem)
    {
        material = null;
        problem = Utf8.IsValid(files[0].Span) ? null : "The file is not UTF-8.";
        Dictionary<string, Account> accounts = new(StringComparer.Ordinal);
        string[] lines = problem is null ? Encoding.UTF8.GetString(files[0].Span).Split('\n') : [];
        for (int i = 0; i < lines.Length && problem is null; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (!TryReadLine(line, out Account? account, out problem))
                problem = string.Create(CultureInfo.InvariantCulture, $"Line {i + 1}: {problem}");
            else if (!accounts.TryAdd(account.UserName, account))
                problem = string.Create(CultureInfo.InvariantCulture, $"Line {i + 1}: The user is repeated.");
        }

        if (problem is null)
            material = new(accounts.ToFrozenDictionary(StringComparer.Ordinal)) { Description = $"{accounts.Count} accounts" };
        return problem is null;
    }

    private static bool TryReadLine(string line, [NotNullWhen(true)] out Account? account, [NotNullWhen(false)] out string? problem)
    {
        account = null;
        problem = "Expected a user, a tab and a REQUIRE clause.";
        if (line.Split('\t') is not [var user, var clause])
            return false;
        if (!LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error))
        {
            problem = error.ToString();
            return false;
        }

        try
        {
            account = Account.WithCertificate(user, requirement);
            problem = null;
        }
        catch (ArgumentException exception)
        {
            // For example, the clause requires neither a subject nor a subject alternative name, so that it identifies no client.
            problem = exception.Message;
        }

        return account is not null;
    }
}
