using CertAuth.Requirements;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Planning;

/// <summary>Reads a file of accounts: CREATE USER statements, or lines of a user, a tab and a REQUIRE clause. Whole, or not at all.</summary>
internal static class AccountsFile
{
    /// <param name="text">The file.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="UserErrorException">Something in it isn't understood, or an account stands in it twice.</exception>
    internal static List<AccountEntry> Read(string text, string file)
    {
        text = text.TrimStart('\uFEFF');
        List<AccountEntry> accounts = [.. StatementReader.LooksLikeStatement(text) ? new StatementReader(text, file).ReadAll() : ReadLines(text, file)];
        if (accounts.Count == 0)
            throw new UserErrorException($"{file} has no account: write CREATE USER statements, or lines of a user, a tab and a REQUIRE clause.");

        HashSet<string> names = new(StringComparer.Ordinal);
        AccountEntry? twin = accounts.Find(account => !names.Add(account.Name));
        return twin is null ? accounts : throw new UserErrorException($"{file}, line {twin.Line}: the account {TerminalText.Escape(twin.Name)} stands there twice.");
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
                throw new UserErrorException($"{file}, line {number}: expected CREATE USER, or a user, a tab and a REQUIRE clause.");
            if (!LoginRequirement.TryParse(line.AsSpan(tab + 1), out LoginRequirement? requirement, out RequirementError error))
                throw new UserErrorException($"{file}, line {number}: {TerminalText.Escape(error.ToString())} (counted from the tab)");
            yield return new(line[..tab], requirement, number);
        }
    }
}
