using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.MySqlServer.Protocol;
using CertAuth.Reloading;

namespace CertAuth.MySqlServer.Accounts;

/// <summary>Reads the accounts from a file of statements, so that the file is reloaded like the certificates.</summary>
/// <param name="missingKeySet">The path of the token key file if it did not exist when the server started; otherwise, null. If it did not
/// exist, a file with an account that logs in by token is rejected.</param>
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
            problem = $"The account {account} logs in by token, but {file} did not exist when the server started.";
            return false;
        }

        material = new(table) { Description = $"{table.Count} accounts" };
        return true;
    }
}
