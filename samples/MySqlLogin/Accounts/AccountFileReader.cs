using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth;
using CertAuth.Reloading;
using MySqlLogin.Protocol;

namespace MySqlLogin.Accounts;

/// <summary>Makes accounts of a file of statements, so that the file is reloaded like everything else.</summary>
/// <param name="missingKeySet">The file of token keys where the server runs without it: then accounts that log in by token are an
/// error.</param>
internal sealed class AccountFileReader(string? missingKeySet) : IMaterialReader<AccountTable>
{
    public string Kind => "accounts";

    public int MaxBytes => 4 * 1024 * 1024;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<AccountTable>? material,
        [NotNullWhen(false)] out string? problem)
    {
        material = null;
        if (!PayloadReader.TryDecode(files[0].Span, out string statements))
        {
            problem = "The file is not UTF-8.";
            return false;
        }

        if (!AccountTable.TryRead(statements, out AccountTable? table, out problem))
            return false;
        if (missingKeySet is not null && table.FindByMethod(AuthenticationMethod.Token) is { } account)
        {
            string file = Path.GetFileName(missingKeySet);
            problem = $"The account {account} logs in by token, and there was no {file} when the server started.";
            return false;
        }

        material = new(table) { Description = $"{table.Count} accounts" };
        return true;
    }
}
