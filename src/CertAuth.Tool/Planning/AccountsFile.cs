using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Planning;

/// <summary>Reads a file of accounts: CREATE USER statements, or lines with a user, a tab and a REQUIRE clause. A file with an error is
/// rejected as a whole.</summary>
internal static class AccountsFile
{
    /// <summary>Reads the accounts.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="file">The name of the file in messages.</param>
    /// <exception cref="UserErrorException">The file is malformed, has no account, or has a repeated account.</exception>
    internal static List<AccountEntry> Read(string text, string file)
    {
        text = text.TrimStart('\uFEFF');
        bool isSql = StatementReader.BeginsWithStatement(text);
        List<AccountEntry> accounts = [.. isSql ? new StatementReader(text, file).ReadAll() : ReadLines(text, file)];
        if (accounts.Count == 0)
        {
            throw new UserErrorException(
                $"{file} contains no account; expected CREATE USER statements, or lines with a user, a tab and a REQUIRE clause.");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        return accounts.Find(account => !names.Add(account.Name)) is { } repeated
            ? throw new UserErrorException($"{file}, line {repeated.Line}: The account {TerminalText.Escape(repeated.Name)} is repeated.")
            : accounts;
    }

    private static IEnumerable<AccountEntry> ReadLines(string text, string file)
    {
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#')
                continue;

            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0)
                throw new UserErrorException($"{file}, line {number}: Expected CREATE USER, or a user, a tab and a REQUIRE clause.");
            if (!LoginRequirement.TryParse(line.AsSpan(tab + 1), out LoginRequirement? requirement, out RequirementError error))
            {
                string problem = TerminalText.Escape(error.ToString());
                throw new UserErrorException($"{file}, line {number}: {problem} The index counts from the tab.");
            }
            yield return new(line[..tab], requirement, number);
        }
    }
}
